// The graphs' library with its one layout, as one module.
import cytoscape from "cytoscape";
import dagre from "cytoscape-dagre";
cytoscape.use(dagre);
export default cytoscape;
