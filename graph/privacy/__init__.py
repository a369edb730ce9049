"""What may be published: what holds a source back, what is masked in it, and what a profile leaves out."""
