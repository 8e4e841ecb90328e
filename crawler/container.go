package crawler

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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
	if kindOf(column) == (kind{}) || lines < 2 || own == all || 100*own < minColumn*all {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c != column && (c.Type == html.TextNode && len(strings.TrimSpace(c.Data)) > minProse || c.Type == html.ElementNode && (d.roleOf(c) == roleBody || kindOf(c) == kindOf(column) || c.Data == "p")) {
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
		if l := &d.lines[i]; l.prose() > 0 && !l.out() && !d.isMeta(l) && !belowImage(l.node) && !d.isExcerpt(l) {
			return l
		}
	}
	return nil
}

// isExcerpt reports whether a line is the only prose in an element with the
// headline: a teaser of the article itself.
func (d *document) isExcerpt(l *line) bool {
	head := holder(l.node)
	return d.holdsHeadline(head) && d.proseIn(head) == l.prose()
}

// belowImage reports whether the element before is a picture: then the text
// may be its caption.
func belowImage(n *html.Node) bool {
	c := n.PrevSibling
	for c != nil && c.Type != html.ElementNode {
		c = c.PrevSibling
	}
	return c != nil && (c.DataAtom == atom.Img || holdsImage(c))
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
	if n = d.allParts(n); n == nil || n.Parent == nil || n.Parent.Type != html.ElementNode || n.Parent.Data == "body" || n.Data == "td" {
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

// How far up the parts of a text are looked for: a part may hold its text in an
// element of its own, and builders of pages wrap every row six times. In what
// holds the headline too, rows from farther off are more often other things, so
// they must be without links.
const (
	partLevels     = 7
	nearPartLevels = 2
)

// maxPartsShown bounds how many neighbours are looked at.
const maxPartsShown = 60

// allParts is the parent of an element that is one of several alike with
// prose: a text that is cut into parts shown one after the other.
func (d *document) allParts(n *html.Node) *html.Node {
	part := n
	for level := range partLevels {
		if part == nil || part.Parent == nil || part.Data == "body" {
			break
		}
		far := level >= nearPartLevels && d.holdsHeadline(part.Parent)
		if attr(part, "class") != "" && kindOf(part) != (kind{}) {
			c := part.Parent.FirstChild
			for n := 0; c != nil && n < maxPartsShown; n, c = n+1, c.NextSibling {
				if c != part && kindOf(c) == kindOf(part) && d.proseIn(c) > 0 && !(far && hasLinks(c)) {
					return part.Parent
				}
			}
		}
		part = part.Parent
	}
	return n
}

// proseIn is the bytes of prose in an element, without what is left out.
func (d *document) proseIn(n *html.Node) int {
	sum := 0
	for i := range d.lines {
		if l := &d.lines[i]; l.prose() > 0 && !l.out() && within(l.node, n) {
			sum += l.prose()
		}
	}
	return sum
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
