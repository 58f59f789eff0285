/* Search without a server. The pages are whole without it. */
(function () {
  "use strict";
  var MOST = 100;
  var box = document.getElementById("q");
  var found = document.getElementById("found");
  var told = document.getElementById("told");
  if (!box || !found || !told) return;

  function folded(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function words(text) {
    return folded(text).split(/\s+/).filter(Boolean);
  }

  // A word in an identifier or a label weighs more than one in the text; every word must be somewhere.
  function weight(entry, wanted) {
    var sum = 0;
    for (var i = 0; i < wanted.length; i++) {
      var word = wanted[i];
      var here = 0;
      if (entry.notation === word) here = 100;
      else if (entry.notation.indexOf(word) >= 0) here = 12;
      if ((" " + entry.label).indexOf(" " + word) >= 0) here = Math.max(here, 10);
      else if (entry.label.indexOf(word) >= 0) here = Math.max(here, 6);
      if (!here && (" " + entry.rest).indexOf(" " + word) >= 0) here = 3;
      if (!here && entry.rest.indexOf(word) >= 0) here = 1;
      if (!here) return 0;
      sum += here;
    }
    return sum;
  }

  var entries = null;
  function index() {
    if (!entries) {
      entries = (window.comityIndex || []).map(function (row, place) {
        return { row: row, place: place, notation: folded(row[1]), label: folded(row[2]), rest: folded(row[3] + " " + row[4]) };
      });
    }
    return entries;
  }

  function part(parent, tag, name, text) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    parent.appendChild(made);
    return made;
  }

  function show(entry) {
    var item = document.createElement("li");
    var title = part(item, "p", "other");
    var link = part(title, "a", "ref");
    link.href = entry.row[0].split("/").map(encodeURIComponent).join("/");
    part(link, "span", "name", entry.row[2] || entry.row[1]);
    link.appendChild(document.createTextNode(" "));
    part(link, "span", "no", entry.row[1]);
    if (entry.row[4]) part(item, "p", "why", entry.row[4]);
    part(item, "p", "tail", entry.row[3]);
    found.appendChild(item);
  }

  function search() {
    var wanted = words(box.value);
    found.textContent = "";
    if (!wanted.length) { told.textContent = ""; return; }
    var hits = [];
    index().forEach(function (entry) {
      var heavy = weight(entry, wanted);
      if (heavy) hits.push([heavy, entry]);
    });
    hits.sort(function (a, b) { return b[0] - a[0] || a[1].place - b[1].place; });
    hits.slice(0, MOST).forEach(function (hit) { show(hit[1]); });
    told.textContent = !hits.length ? "Nothing is found." :
      hits.length > MOST ? hits.length + " found; the first " + MOST + " are shown." : hits.length + " found.";
  }

  var script = document.createElement("script");
  script.src = box.getAttribute("data-index");
  script.onload = search;
  script.onerror = function () { told.textContent = "The index cannot be read."; };

  box.value = new URLSearchParams(window.location.search).get("q") || "";
  document.head.appendChild(script);

  var waiting = 0;
  box.addEventListener("input", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(function () {
      try {
        window.history.replaceState(null, "", box.value ? "?q=" + encodeURIComponent(box.value) : window.location.pathname);
      } catch (refused) { /* some browsers refuse it for files on disk */ }
      search();
    }, 120);
  });
  box.form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
})();
