package crawler

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// bodyText is the article's text, as the generic reader finds it: paragraphs with
// a blank line between. Every line of prose speaks for the elements around
// it, the nearest most; the element that wins is freed of what begins, ends
// and interrupts the text. Its weak case is a page whose longest prose is not
// the article, such as a photo with a column of teasers that look like none.
func (d *document) bodyText(title string) []string {
	d.settleSides()
	best := d.container()
	if best == nil {
		return nil
	}
	var in []*line
	for i := range d.lines {
		if l := &d.lines[i]; within(l.node, best) && !l.out() {
			in = append(in, l)
		}
	}
	return d.trim(in, title)
}

// linesIn is the text of an element that is known to be the article's.
func (d *document) linesIn(container *html.Node, title string) []string {
	var in []*line
	for i := range d.lines {
		l := &d.lines[i]
		if !within(l.node, container) {
			continue
		}
		for s := l.side; s != nil && !s.keep; s = s.outer {
			s.keep = within(container, s.node)
		}
		if !l.out() {
			in = append(in, l)
		}
	}
	return d.trim(in, title)
}

// settleSides decides which parts are left out: those that hold the headline
// are not, nor is the one with most of the page's prose when the rest has
// little.
func (d *document) settleSides() {
	outside := 0
	for i := range d.lines {
		l := &d.lines[i]
		if l.side == nil {
			outside += l.prose()
		}
		for s := l.side; s != nil; s = s.outer {
			s.prose += l.prose()
			if d.headline == l {
				s.keep = true
			}
		}
	}
	var most *side
	for i := range d.lines {
		for s := d.lines[i].side; s != nil; s = s.outer {
			if s.keep {
				most = nil
			} else if s.prose > 2*outside && (most == nil || s.prose > most.prose) && !isList(s.node) {
				most = s
			}
		}
	}
	if most != nil && outside < 2*minText {
		most.keep = true
	}
}

// isList reports whether an element is one that no site puts its article's
// text into.
func isList(n *html.Node) bool {
	return n.Data == "aside" || n.Data == "nav" || n.Data == "footer" || strings.Contains(attr(n, "class")+attr(n, "id"), "comment")
}

// metaLine is a line about the article, as stands above and below its text.
var metaLine = regexp.MustCompile(`^(?:\W*(?:ditulis |diposting |dikirim |diunggah |dipublikasikan )?oleh\b|by\b|posted\b|tayang|terbit|diterbitkan|dipublikasikan|publish|kategori|category|dibaca|dilihat|hits\b|views\b|tanggal|admin\b|terakhir di|diperbarui|update|ditulis|` +
	`kembali ke|home\b|beranda\b|lihat semua|sumber foto|foto\s*:|\d+\s*(?:x |kali )?(?:views?|dilihat|dibaca|hits|pembaca|shares?|menit|min)|waktu baca)`)

// creditLine names who wrote or edited.
var creditLine = regexp.MustCompile(`^(?:Reporter|Penulis|Editor|Kontributor|Pewarta|Jurnalis|Wartawan|Redaktur)\b`)

// captionEnd is how captions end: with the photographer or the source.
var captionEnd = regexp.MustCompile(`(?:\((?:foto|dok|ist|photo|sumber)[^()]{0,60}\)|\b(?:foto|photo)\s*:.{1,60}|/ho-\w+|\(istimewa\))\W*$`)

// maxMeta is the longest of those lines.
const maxMeta = 160

// trim leaves out what begins, ends and interrupts the text.
func (d *document) trim(in []*line, title string) []string {
	in = afterHeadline(in, d.headline, title)
	in = beforeTail(in)
	var out []string
	seen := map[string]bool{}
	folded := foldTitle(title)
	for i, l := range in {
		switch {
		case len(out) == 0 && (d.isMeta(l) || isKnob(l)), isNoise(l), l.low == folded, l.links > 0 && l.linked() && len(l.text) < maxCell:
			continue
		case seen[l.low] && len(l.text) > 30, len(strings.Trim(l.text, "|-–—•·*_=.&>« »")) < 2:
			continue
		case i >= len(in)-4 && len(l.text) < maxMeta && l.prose() == 0 && metaLine.MatchString(l.low):
			continue
		}
		seen[l.low] = true
		out = append(out, l.text)
	}
	return out
}

// maxKnob is the longest label of a control above the text: "A+", "Dengarkan".
const maxKnob = 12

// isKnob reports whether a line is such a label. A place in capitals or before
// a dash begins the report.
func isKnob(l *line) bool {
	return len(l.text) <= maxKnob && strings.ToUpper(l.text) != l.text && !strings.ContainsAny(l.text, "-–—") || len(l.text) <= len("A- A+")
}

// isMeta reports whether a line before the text tells about the article: its
// date, its author, how often it was read.
func (d *document) isMeta(l *line) bool {
	if len(l.text) > maxMeta {
		return false
	}
	if metaLine.MatchString(l.low) {
		return true
	}
	_, _, dated := writtenDay(l.text)
	if l.prose() == 0 && creditLine.MatchString(l.text) || captionEnd.MatchString(l.low) && l.prose() < maxMeta {
		return true
	}
	return dated && (l.prose() == 0 || len(l.text) < 90 && !strings.HasSuffix(l.text, "."))
}

// afterHeadline leaves out what stands before the headline, when more stands
// after it.
func afterHeadline(in []*line, headline *line, title string) []*line {
	before, total := 0, 0
	for _, l := range in {
		total += l.prose()
	}
	folded := foldTitle(title)
	for i, l := range in {
		if l == headline || l.low == folded {
			if 3*before < total {
				return in[i+1:]
			}
			break
		}
		before += l.prose()
	}
	return in
}

// beforeTail cuts where lists of other articles or comments begin, when the
// text before is longer than what follows.
func beforeTail(in []*line) []*line {
	total, before := 0, 0
	for _, l := range in {
		total += l.prose()
	}
	for i, l := range in {
		if before > 0 && isTail(l) && (3*before > 2*total || onlyLinks(in[i+1:])) {
			return in[:i]
		}
		before += l.prose()
	}
	return in
}

// onlyLinks reports whether what follows has no prose.
func onlyLinks(in []*line) bool {
	for _, l := range in {
		if l.prose() > 0 {
			return false
		}
	}
	return true
}

// joinText makes the text of an article of its lines, bounded.
func joinText(lines []string) string {
	text := strings.Join(lines, "\n\n")
	if len(text) > maxText {
		text = text[:strings.LastIndexByte(text[:maxText], '\n')+1]
	}
	return strings.TrimSpace(text)
}

// paragraphs splits a plain text into cleaned lines.
func paragraphs(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if l := clean(line); l != "" {
			out = append(out, l)
		}
	}
	return out
}
