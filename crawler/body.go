package crawler

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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

// points are what an element got from the prose in it.
type points struct {
	node  *html.Node
	score float64
}

// container is the element that holds the article's text; nil when the page
// has no prose.
func (d *document) container() *html.Node {
	at := map[*html.Node]int{}
	var all []points
	d.headlineAt = d.indexOf(d.headline)
	give := func(n *html.Node, score float64) {
		i, ok := at[n]
		if !ok {
			i = len(all)
			at[n] = i
			all = append(all, points{node: n})
		}
		all[i].score += score
	}
	for i := range d.lines {
		l := &d.lines[i]
		size := l.prose()
		if size == 0 || l.out() {
			continue
		}
		score, n := d.weight(i)*(1+float64(min(size, 600))/100), holder(l.node)
		for _, share := range ancestorShares {
			if n == nil || n.Type != html.ElementNode {
				break
			}
			give(n, score*share)
			n = n.Parent
		}
	}
	first := d.firstProse()
	best := points{}
	for _, p := range all {
		if first != nil && within(first.node, p.node) {
			p.score *= firstBonus
		}
		if d.roleOf(p.node) == roleBody {
			p.score *= 2
		}
		if p.score > best.score {
			best = p
		}
	}
	return d.widen(d.narrow(best.node, first))
}

// minColumn is the share of prose, in percent, from which a part of an element
// may be the whole article.
const minColumn = 35

// narrow goes from an element that holds columns, different in kind, to the one
// with the first prose below the headline. A single paragraph is no column but
// an introduction, and a neighbour that is named as a text is taken for it.
func (d *document) narrow(n *html.Node, first *line) *html.Node {
	if n == nil || first == nil || !within(first.node, n) || first.node == n {
		return n
	}
	column := first.node
	for column.Parent != n {
		column = column.Parent
	}
	own, lines, all := 0, 0, 0
	for i := range d.lines {
		l := &d.lines[i]
		if l.prose() == 0 || l.out() || !within(l.node, n) {
			continue
		}
		all += l.prose()
		if within(l.node, column) {
			own += l.prose()
			lines++
		}
	}
	if signature(column) == "" || lines < 2 || own == all || 100*own < minColumn*all {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c != column && (c.Type == html.TextNode && len(strings.TrimSpace(c.Data)) > minProse || c.Type == html.ElementNode && (d.roleOf(c) == roleBody || signature(c) == signature(column) || c.Data == "p")) {
			return n
		}
	}
	return column
}

// ancestorShares are what the elements around a line get of its score, from
// the inside out. Two columns of like length must not beat each of them in
// their common parent (0.45 twice), paragraphs in wrappers of their own must.
var ancestorShares = [...]float64{1, 0.45, 0.25, 0.1}

// firstBonus is for the elements with the first prose below the headline: a
// column beside a short article may well be longer than it.
const firstBonus = 1.5

// firstProse is the first line of prose below the headline; nil when there is
// none, or no headline.
func (d *document) firstProse() *line {
	if d.headlineAt < 0 {
		return nil
	}
	for i := d.headlineAt + 1; i < len(d.lines); i++ {
		if l := &d.lines[i]; l.prose() > 0 && !l.out() {
			return l
		}
	}
	return nil
}

// farBelow is how many lines below its headline an article has begun and
// nearly always ended.
const farBelow = 80

// weight is how much the prose of a line counts by its place: what stands
// above the headline or far below it is seldom the article.
func (d *document) weight(at int) float64 {
	switch {
	case d.headlineAt < 0:
		return 1
	case at < d.headlineAt:
		return 0.5
	case at > d.headlineAt+farBelow:
		return 0.8
	}
	return 1
}

// indexOf is the place of a line; -1 when it is nil.
func (d *document) indexOf(l *line) int {
	for i := range d.lines {
		if &d.lines[i] == l {
			return i
		}
	}
	return -1
}

// holder is the element whose children the paragraphs are: of a paragraph,
// an item or a cell the element around it.
func holder(n *html.Node) *html.Node {
	for n.Parent != nil && (n.Data == "p" || n.Data == "li" || n.Data == "ul" || n.Data == "ol" || n.Data == "blockquote" || len(n.Data) == 2 && n.Data[0] == 'h' || n.Data == "tr" || n.Data == "tbody" || n.Data == "pre") {
		n = n.Parent
	}
	return n
}

// widen takes a neighbour in when it goes on with the text: systems put the
// first paragraph or later ones into elements of their own. Neighbours after
// a line that ends articles are not asked.
func (d *document) widen(n *html.Node) *html.Node {
	if n == nil || n.Parent == nil || n.Parent.Type != html.ElementNode || n.Parent.Data == "body" || n.Data == "td" {
		return n
	}
	own, intro, more, bad := 0, 0, 0, 0
	ended := false
	for i := range d.lines {
		l := &d.lines[i]
		if l.out() || !within(l.node, n.Parent) {
			continue
		}
		switch ended = ended || isTail(l); {
		case within(l.node, n):
			own += l.prose()
		case ended, l.linked():
			bad += len(l.text)
		case own == 0:
			if !d.headOrPicture(l.node, n.Parent) {
				intro += l.prose()
			}
		default:
			more += l.prose()
		}
	}
	// An introduction is short beside what it introduces; later parts are not.
	if more += intro; (20*intro > own || 7*more > own) && 2*bad < more {
		return n.Parent
	}
	return n
}

// headOrPicture reports whether the child of parent that n lies in holds the
// headline, so that its text is a teaser, or a picture, so that its text is a
// caption.
func (d *document) headOrPicture(n, parent *html.Node) bool {
	if n == parent {
		return false
	}
	for n.Parent != parent {
		n = n.Parent
	}
	return d.headline != nil && within(d.headline.node, n) || holdsImage(n)
}

// holdsImage reports whether there is an image in an element.
func holdsImage(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Img || c.Data == "amp-img" || holdsImage(c) {
			return true
		}
	}
	return false
}

// metaLine is a line about the article, as stands above and below its text.
var metaLine = regexp.MustCompile(`^(?:\W*(?:ditulis |diposting |dikirim |diunggah |dipublikasikan )?oleh\b|by\b|posted\b|tayang|terbit|diterbitkan|dipublikasikan|publish|kategori|category|dibaca|dilihat|hits\b|views\b|tanggal|admin\b|terakhir di|diperbarui|update|ditulis|` +
	`kembali ke|home\b|beranda\b|lihat semua|sumber foto|foto\s*:|\d+\s*(?:x |kali )?(?:views?|dilihat|dibaca|hits|pembaca|shares?|menit|min)|waktu baca)`)

// captionEnd is how captions end: with the photographer or the source.
var captionEnd = regexp.MustCompile(`(?:\((?:foto|dok|ist|photo|sumber)[^()]{0,60}\)|\b(?:foto|photo)\s*:[^.]{1,60}|/ho-\w+|\(istimewa\))\W*$`)

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
		key := foldTitle(l.text)
		switch {
		case len(out) == 0 && d.isMeta(l), isNoise(l), key == folded, l.links > 0 && l.linked() && len(l.text) < maxCell:
			continue
		case seen[key] && len(l.text) > 30, len(strings.Trim(l.text, "|-–—•·*_=.&>« »")) < 2:
			continue
		case i >= len(in)-4 && len(l.text) < maxMeta && l.prose() == 0 && metaLine.MatchString(key):
			continue
		}
		seen[key] = true
		out = append(out, l.text)
	}
	return out
}

// isMeta reports whether a line before the text tells about the article: its
// date, its author, how often it was read.
func (d *document) isMeta(l *line) bool {
	if len(l.text) > maxMeta {
		return false
	}
	if metaLine.MatchString(strings.ToLower(l.text)) {
		return true
	}
	_, _, dated := writtenDay(l.text)
	if captionEnd.MatchString(strings.ToLower(l.text)) && l.prose() < maxMeta {
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
		if l == headline || foldTitle(l.text) == folded {
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
