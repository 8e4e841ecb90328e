package crawler

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNesting is how deeply parseFlat nests: far more than any page that was
// written for readers, few enough for walks that call themselves.
const maxNesting = 2000

// parse is the tree of a page. The error of the parser, which is that of a
// page nested deeper than its 512 levels, is answered with a simpler tree.
func parse(body []byte) *html.Node {
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return parseFlat(body)
	}
	return doc
}

// parseFlat builds a tree by the tags alone. Elements below maxNesting levels
// become neighbours, and of the rules for missing end tags only those for
// paragraphs, items, rows and cells are kept: enough for text in order.
func parseFlat(body []byte) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	page := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	root.AppendChild(page)
	b := &flatTree{stack: []*html.Node{page}, open: map[string]int{}}
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return root
		case html.TextToken:
			b.top().AppendChild(&html.Node{Type: html.TextNode, Data: string(z.Text())})
		case html.StartTagToken, html.SelfClosingTagToken:
			b.start(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			b.end(string(name))
		}
	}
}

// flatTree is the state of parseFlat.
type flatTree struct {
	stack []*html.Node
	open  map[string]int // how many elements of a name are on the stack
}

func (b *flatTree) top() *html.Node { return b.stack[len(b.stack)-1] }

func (b *flatTree) start(t html.Token) {
	if closes := b.top().Data; closes == "p" && isBlock(t.DataAtom, t.Data) || closes == t.Data && (t.Data == "li" || t.Data == "tr" || t.Data == "td") {
		b.end(closes)
	}
	n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
	b.top().AppendChild(n)
	if !voids[t.DataAtom] && t.Type == html.StartTagToken && len(b.stack) < maxNesting {
		b.stack = append(b.stack, n)
		b.open[t.Data]++
	}
}

// end closes the innermost element of that name and all in it.
func (b *flatTree) end(name string) {
	if b.open[name] == 0 {
		return
	}
	for {
		n := b.top()
		b.stack = b.stack[:len(b.stack)-1]
		b.open[n.Data]--
		if n.Data == name {
			return
		}
	}
}

// voids have no content.
var voids = map[atom.Atom]bool{
	atom.Br: true, atom.Img: true, atom.Hr: true, atom.Meta: true, atom.Link: true, atom.Input: true, atom.Base: true, atom.Col: true,
	atom.Embed: true, atom.Source: true, atom.Wbr: true, atom.Area: true, atom.Track: true, atom.Param: true,
}

// attr is an attribute of an element, "" when it has none.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// within reports whether n is root or lies in it.
func within(n, root *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == root {
			return true
		}
	}
	return false
}

// maxInner bounds the text that innerText collects: it is asked of headlines
// and dates, which are short.
const maxInner = 2000

// innerText is the text of an element in one line. Of an element of more than
// maxInner bytes only the first are read.
func innerText(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n)
	return clean(b.String())
}

func writeText(b *strings.Builder, n *html.Node) {
	for c := n.FirstChild; c != nil && b.Len() < maxInner; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		} else if c.Type == html.ElementNode && c.DataAtom != atom.Script && c.DataAtom != atom.Style {
			if isBlock(c.DataAtom, c.Data) {
				b.WriteByte(' ')
			}
			writeText(b, c)
		}
	}
}
