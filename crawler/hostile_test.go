package crawler

import (
	"strings"
	"testing"
	"time"
)

// maxHostile is how long a page of hostileSize bytes may take: twenty times
// what the slowest takes on a quiet machine, for the race detector.
const (
	maxHostile  = 20 * time.Second
	hostileSize = 1 << 20
)

// TestHostilePages: no page of a megabyte takes long, whatever its shape.
func TestHostilePages(t *testing.T) {
	fill := func(unit string) string { return strings.Repeat(unit, hostileSize/len(unit)) }
	head := "<title>Judul Berita Daerah</title><h1>Judul Berita Daerah</h1>"
	for name, html := range map[string]string{
		"paragraphs":        fill("<p>" + satu + "</p>"),
		"short lines":       fill("<p>5 Feb 2024</p>"),
		"misnested":         fill("<a><p><b>x"),
		"nested":            fill("<div>") + satu,
		"nested with text":  strings.Repeat("<div>", 1900) + fill("<p>"+satu+"</p>"),
		"alike":             fill(`<div class=x><a href=/x>y</a></div>`),
		"parts alike":       `<div class=x><p>` + satu + dua + `</p></div>` + fill(`<div class=x>y</div>`),
		"headings":          fill("<h1>Judul Berita</h1>"),
		"data":              `<script type="application/ld+json">` + fill(`{"@graph":[`) + `</script>`,
		"state":             `<script id="__NEXT_DATA__" type="application/json">` + strings.Repeat(`{"title":"a","x":`, 5000) + "1" + strings.Repeat("}", 5000) + `</script>`,
		"one line":          "<p>" + fill("kata ") + "</p>",
		"months":            "<p>" + fill("jan ") + "</p>",
		"tables":            fill("<table><tr><td>x<td>y"),
		"classes":           `<p class="` + fill("a ") + `">` + satu + "</p>",
		"names of comments": fill(`<div class="comment-x share"><p>` + satu),
	} {
		start := time.Now()
		_, err := ReadArticle(htmlPage("https://ngawikini.example/judul", head+html))
		if d := time.Since(start); d > maxHostile {
			t.Errorf("%s: %s (%v), want %s at most", name, d, err, maxHostile)
		} else {
			t.Logf("%s: %s", name, d)
		}
	}
}
