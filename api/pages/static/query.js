// @ts-check
// Puts an editor with completion in the place of the query's text field; the form itself stays what it is.

const field = /** @type {HTMLTextAreaElement} */ (document.querySelector("textarea[data-codemirror]"));
import(field.dataset.codemirror).then(replace).catch(error => { document.documentElement.dataset.ready = `failed ${error}`; });

/** @param {any} parts */
function replace(parts) {
  const {autocompletion, bracketMatching, closeBrackets, closeBracketsKeymap, completionKeymap, defaultKeymap, drawSelection,
    EditorState, EditorView, HighlightStyle, history, historyKeymap, keymap, lineNumbers, sparql, syntaxHighlighting, tags} = parts;
  const host = document.createElement("div");
  host.className = "editor";
  field.before(host);
  const shadow = host.attachShadow({mode: "open"});  // in a shadow root its styles are adopted sheets, which the policy allows
  const colours = HighlightStyle.define([
    {tag: tags.keyword, color: "var(--link)", fontWeight: "600"}, {tag: [tags.variableName, tags.local(tags.variableName)], color: "var(--green)"},
    {tag: tags.string, color: "var(--amber)"}, {tag: tags.comment, color: "var(--quiet)", fontStyle: "italic"},
    {tag: [tags.number, tags.literal], color: "var(--red)"},
  ]);
  const theme = EditorView.theme({
    "&": {backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "6px", fontSize: ".92rem"},
    "&.cm-focused": {outline: "3px solid var(--green)", outlineOffset: "2px"},
    ".cm-content": {fontFamily: "ui-monospace, monospace", caretColor: "var(--ink)", minHeight: "14rem"},
    ".cm-scroller": {maxHeight: "32rem", overflow: "auto"},
    ".cm-gutters": {backgroundColor: "var(--paper)", color: "var(--quiet)", border: "0"},
    ".cm-cursor": {borderLeftColor: "var(--ink)"},
    "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {backgroundColor: "var(--tint)"},
    ".cm-tooltip": {backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--edge)"},
    ".cm-tooltip-autocomplete ul li[aria-selected]": {backgroundColor: "var(--tint)", color: "var(--ink)"},
    ".cm-completionDetail": {color: "var(--quiet)", fontStyle: "normal"},
  });
  const run = () => { field.form.requestSubmit(); return true; };
  const view = new EditorView({
    parent: shadow, root: shadow,
    state: EditorState.create({doc: field.value, extensions: [
      lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), sparql(), syntaxHighlighting(colours), theme,
      autocompletion({override: [completion()]}), EditorView.lineWrapping,
      EditorView.contentAttributes.of({"aria-label": field.labels[0].textContent, "aria-multiline": "true"}),
      keymap.of([{key: "Mod-Enter", run}, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.updateListener.of(update => { if (update.docChanged) field.value = update.state.doc.toString(); }),
    ]}),
  });
  field.hidden = true;
  field.labels[0].addEventListener("click", () => view.focus());
  document.getElementById("leave").hidden = false;
  document.documentElement.dataset.ready ??= "editor";
}

/** Offers the vocabulary's names with their labels, and the variables already written. */
function completion() {
  /** @type {Promise<[string, string][]>|undefined} */
  let asked;
  return async context => {
    const word = context.matchBefore(/[?$]?[\w-]*:?[\w-]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    asked ??= fetch(field.dataset.words).then(response => (response.ok ? response.json() : []));
    const text = context.state.doc.toString();
    const variables = [...new Set(text.match(/\?\w+/g) ?? [])].map(label => ({label, type: "variable"}));
    const names = (await asked.catch(() => [])).map(([label, detail]) => ({label, detail, type: /:[A-Z]/.test(label) ? "class" : "property"}));
    return {from: word.from, options: text[word.from] === "?" ? variables : [...names, ...variables], validFor: /^[?$]?[\w-]*:?[\w-]*$/};
  };
}
