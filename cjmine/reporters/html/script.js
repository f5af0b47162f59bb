"use strict";
(function () {
  var words = document.body.dataset;
  document.querySelectorAll("table > thead").forEach(function (head) {
    var body = head.parentNode.tBodies[0];
    if (body.rows.length < 2) return;
    Array.from(head.rows[0].cells).forEach(function (cell, place) {
      var button = document.createElement("button");
      button.type = "button";
      button.title = words.sort;
      while (cell.firstChild) button.appendChild(cell.firstChild);
      cell.appendChild(button);
      button.addEventListener("click", function () {
        var down = cell.getAttribute("aria-sort") === "descending" ? 1 : -1;
        Array.from(head.rows[0].cells).forEach(function (one) { one.removeAttribute("aria-sort"); });
        cell.setAttribute("aria-sort", down < 0 ? "descending" : "ascending");
        Array.from(body.rows).sort(function (one, other) {
          return down * compared(one.cells[place], other.cells[place]);
        }).forEach(function (row) { body.appendChild(row); });
      });
    });
  });
  function compared(one, other) {
    var a = one.dataset.key, b = other.dataset.key;
    if (a !== undefined && b !== undefined) return Number(a) - Number(b);
    if (a !== undefined || b !== undefined) return a !== undefined ? 1 : -1;
    return one.textContent.localeCompare(other.textContent, document.documentElement.lang);
  }
  var status = document.querySelector(".status");
  document.querySelectorAll("a.anchor").forEach(function (link) {
    link.addEventListener("click", function () {
      if (!navigator.clipboard) return;
      navigator.clipboard.writeText(link.href).then(function () {
        status.textContent = words.copied;
        setTimeout(function () { status.textContent = ""; }, 2000);
      }, function () {});
    });
  });
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (one) { one.open = true; });
  });
})();
