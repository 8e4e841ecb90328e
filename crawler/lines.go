package crawler

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// line is a paragraph, an item, a heading or a row of a table.
type line struct {
	// low is the text in lower case.
	text, low string
	// node is the block element that holds the text.
	node *html.Node
	// links is how many bytes of the text are links.
	links int
	// side is the innermost part of the page around it that is probably none
	// of the article; nil when there is none.
	side *side
}

// side is a part of a page that its name, its element or its likeness to its
// neighbours marks as no part of the article. The marks err: "sidebar" may
// hold the article. So the decision is made when all lines are known.
type side struct {
	outer *side
	node  *html.Node
	// prose is the bytes of prose in it; keep says that it is part after all.
	prose int
	keep  bool
}

// out reports whether a line lies in a part that is left out.
func (l *line) out() bool {
	for s := l.side; s != nil; s = s.outer {
		if !s.keep {
			return true
		}
	}
	return false
}

// minProse is the least length in bytes of a line that counts as prose: menus,
// names and dates are shorter.
const minProse = 50

// prose is the bytes of a line that count as running text.
func (l *line) prose() int {
	if len(l.text) < minProse || 2*l.links > len(l.text) {
		return 0
	}
	return len(l.text)
}

// linked reports whether a line is nothing but links.
func (l *line) linked() bool { return 10*l.links >= 8*len(l.text) }

// isBlock reports whether elements of a kind end a line before and after them.
// The lists here are no maps, because every element of every page is asked.
func isBlock(a atom.Atom, name string) bool {
	switch a {
	case atom.P, atom.Div, atom.Br, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Blockquote, atom.Tr, atom.Td, atom.Th, atom.Table, atom.Section, atom.Article, atom.Pre, atom.Dd, atom.Dt, atom.Dl, atom.Hr,
		atom.Figure, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Form, atom.Center, atom.Body, atom.Address,
		atom.Fieldset, atom.Details, atom.Summary, atom.Tbody:
		return true
	}
	return name == "amp-sidebar"
}

// unread reports whether no reader sees the text of an element, or it holds none.
func unread(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Button, atom.Select, atom.Svg, atom.Template,
		atom.Object, atom.Embed, atom.Video, atom.Audio, atom.Canvas, atom.Textarea, atom.Title, atom.Figcaption,
		atom.Datalist, atom.Math, atom.Map:
		return true
	}
	return false
}

// isRead reports whether a node is an element whose text readers see.
func isRead(n *html.Node) bool { return n.Type == html.ElementNode && !unread(n.DataAtom) }

// lineWalk cuts a tree into lines.
type lineWalk struct {
	d     *document
	b     []byte
	links int
	// link is where the link that is being read begins in b; -1 outside of one.
	link int
	side *side
}

// walk reads n, which lies in the block element block; weights[at] are its own.
func (w *lineWalk) walk(n, block *html.Node, at int) {
	repeated := w.d.repeated(n, at)
	apart := setApart(n)
	at++
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			w.text(c.Data, block)
		}
		if !isRead(c) {
			continue
		}
		switch {
		case hidden(c):
		case c.DataAtom == atom.Figure && !holdsTable(c, 4):
		case c.DataAtom == atom.Br:
			w.flush(block)
		default:
			if apart {
				w.b = append(w.b, ' ')
			}
			w.element(c, block, at, repeated != nil && repeated[kindOf(c)])
		}
		at += int(w.d.weights[at].elements)
	}
}

// text reads a text. Blank lines end a line where they are shown as such.
func (w *lineWalk) text(s string, block *html.Node) {
	if strings.Contains(s, "\n") && keepsBreaks(block) {
		parts := blankLine.Split(s, maxLines)
		for _, part := range parts[:len(parts)-1] {
			w.b = append(w.b, part...)
			w.flush(block)
		}
		s = parts[len(parts)-1]
	}
	w.b = append(w.b, s...)
}

var blankLine = regexp.MustCompile(`\n[ \t\r]*\n`)

// maxPre is how far up an element is looked for that shows line breaks as they
// are written.
const maxPre = 3

// keepsBreaks reports whether line breaks in a block are shown: it is pre, or
// has a style or a class of Tailwind that says so.
func keepsBreaks(block *html.Node) bool {
	for n, up := block, 0; n != nil && up < maxPre; n, up = n.Parent, up+1 {
		if n.DataAtom == atom.Pre || strings.Contains(attr(n, "class"), "whitespace-pre") {
			return true
		}
		if _, after, found := strings.Cut(attr(n, "style"), "white-space"); found && strings.HasPrefix(strings.TrimLeft(after, ": "), "pre") {
			return true
		}
	}
	return false
}

// setApart reports whether the children of an element are boxes beside one
// another rather than words of a text: those of a div without text of its own.
func setApart(n *html.Node) bool {
	if n.DataAtom != atom.Div && n.DataAtom != atom.Section && n.DataAtom != atom.Header {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return false
		}
	}
	return true
}

// element reads one element, whose weights are weights[at]; teaser says that it is one
// of many alike.
func (w *lineWalk) element(n, block *html.Node, at int, teaser bool) {
	outer := w.side
	if teaser {
		w.d.teasers = append(w.d.teasers, n)
	}
	if teaser || w.d.roleOf(n) == roleSide {
		w.side = &side{outer: outer, node: n}
	}
	switch {
	case n.DataAtom == atom.A:
		w.link = len(w.b)
		w.walk(n, block, at)
		w.endLink()
		w.link = -1
	case n.DataAtom == atom.Tr && dataRow(n):
		w.flush(block)
		w.row(n)
		w.flush(n)
	case isBlock(n.DataAtom, n.Data):
		w.flush(block)
		w.walk(n, n, at)
		w.flush(n)
	default:
		if w.side != outer {
			w.flush(block)
		}
		w.walk(n, block, at)
		if w.side != outer {
			w.flush(block)
		}
	}
	w.side = outer
}

// row reads a row of a table of data as one line.
func (w *lineWalk) row(n *html.Node) {
	first := true
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		if !first {
			w.b = append(w.b, " | "...)
		}
		first = false
		w.b = append(w.b, innerText(c)...)
	}
}

// maxCell is the longest cell of a table of data; longer ones are columns of
// a page that is laid out with tables.
const maxCell = 300

// dataRow reports whether a row belongs to a table of data: two cells or
// more, all short, without blocks in them but paragraphs.
func dataRow(tr *html.Node) bool {
	cells := 0
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells++
			if !plainCell(c) {
				return false
			}
		}
	}
	return cells >= 2
}

func plainCell(td *html.Node) bool {
	size := 0
	var walk func(n *html.Node) bool
	walk = func(n *html.Node) bool {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				size += len(strings.TrimSpace(c.Data))
			}
			if size > maxCell || c.DataAtom == atom.A || c.DataAtom == atom.Form || c.DataAtom == atom.Input || c.DataAtom == atom.Table || c.DataAtom == atom.Div && c.FirstChild != nil && c.FirstChild.NextSibling != nil || !walk(c) {
				return false
			}
		}
		return true
	}
	return walk(td)
}

// endLink counts what was read of a link as linked.
func (w *lineWalk) endLink() {
	if w.link >= 0 && len(w.b) > w.link {
		w.links += len(bytes.TrimSpace(w.b[w.link:]))
	}
}

// flush ends the line that is being read, which stands in block. A link may go
// on in the next one: cards are links with blocks in them.
func (w *lineWalk) flush(block *html.Node) {
	w.endLink()
	if w.link > 0 {
		w.link = 0
	}
	if text := clean(string(bytes.TrimSpace(w.b))); text != "" && len(w.d.lines) < maxLines {
		w.d.lines = append(w.d.lines, line{text: text, low: strings.ToLower(text), node: block, links: min(w.links, len(text)), side: w.side})
	}
	w.b, w.links = w.b[:0], 0
}

// hidden reports whether an element is not shown.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true"
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		}
	}
	return false
}

// holdsTable reports whether there is a table at most depth levels down: text
// editors wrap tables into figures.
func holdsTable(n *html.Node, depth int) bool {
	for c := n.FirstChild; c != nil && depth > 0; c = c.NextSibling {
		if c.DataAtom == atom.Table || holdsTable(c, depth-1) {
			return true
		}
	}
	return false
}

// minAlike is how many neighbours of one kind, nearly all with links, make a
// list of teasers.
const minAlike = 3

// repeated finds the children of n that are teasers of other articles: many of
// the same element and class, with links in nearly all. A teaser is a headline
// that is a link and perhaps a sentence; paragraphs with a link in them have
// more text besides, so what has no class needs more of links. weights[at] are
// those of n.
func (d *document) repeated(n *html.Node, at int) map[kind]bool {
	if !hasChildren(n, minAlike) || d.weights[at].links < minAlike {
		return nil
	}
	type count struct{ all, with, linked, text int }
	counts := map[kind]count{}
	at++
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !isRead(c) {
			continue
		}
		w := d.weights[at]
		at += int(w.elements)
		if alike := kindOf(c); alike.element != 0 {
			k := counts[alike]
			k.all++
			k.linked, k.text = k.linked+int(w.linked), k.text+int(w.text)
			if w.links > 0 {
				k.with++
			}
			counts[alike] = k
		}
	}
	var out map[kind]bool
	for alike, k := range counts {
		share := 15
		if alike.class == "" {
			share = 40
		}
		if k.all >= minAlike && 10*k.with >= 8*k.all && 100*k.linked >= share*k.text {
			if out == nil {
				out = map[kind]bool{}
			}
			out[alike] = true
		}
	}
	return out
}

// hasChildren reports whether n has so many children.
func hasChildren(n *html.Node, least int) bool {
	for c := n.FirstChild; c != nil && least > 0; c = c.NextSibling {
		least--
	}
	return least == 0
}

// kind is the element and class of what may be one of many alike.
type kind struct {
	element atom.Atom
	class   string
}

// kindOf is the kind of an element; paragraphs and cells have none, nor what has
// nothing but an id of its own.
func kindOf(n *html.Node) kind {
	switch n.DataAtom {
	case atom.Div, atom.Li, atom.Article, atom.A, atom.Section, atom.Dd:
		if class := attr(n, "class"); class != "" || attr(n, "id") == "" {
			return kind{n.DataAtom, class}
		}
	}
	return kind{}
}
