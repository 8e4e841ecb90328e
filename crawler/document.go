package crawler

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// document is a page, read once from top to bottom: what its head says, and
// its text as lines in order.
type document struct {
	root *html.Node
	// metas are contents of meta elements by property, name or itemprop in
	// lower case; the first of a name counts.
	metas map[string]string
	// canonical is the href of link rel=canonical; title that of the window.
	canonical, title string
	// linked and state are the scripts of JSON-LD, and those that carry the
	// data of the page for a program in the browser.
	linked, state []string
	// times are the machine-readable times of the body, in order.
	times []moment
	lines []line
	// headline is the line of the headline, nil until found; headlineAt its
	// place when the text is looked for.
	headline   *line
	headlineAt int
	weights    []weights
	teasers    []*html.Node        // elements that are teasers of other articles
	teased     map[*html.Node]bool // the same, when they have been asked for
	names      map[names]role
}

// maxLines bounds the lines that are read of a page. The longest articles
// with all that surrounds them have a tenth.
const maxLines = 20_000

// usualLines and usualElements are how many lines and elements most pages have
// at most; more are no fault.
const (
	usualLines    = 192
	usualElements = 512
)

// newDocument reads a page.
func newDocument(root *html.Node) *document {
	d := &document{root: root, metas: map[string]string{}, lines: make([]line, 0, usualLines), names: map[names]role{}}
	d.head(root)
	d.weights = weighAll(root, make([]weights, 0, usualElements))
	w := &lineWalk{d: d, link: -1}
	w.walk(root, root, 0)
	w.flush(root)
	return d
}

// find runs a selector of a site's rule over the page.
func (d *document) find(selector string) *goquery.Selection {
	return goquery.NewDocumentFromNode(d.root).Find(selector)
}

// meta is the content of the first meta element of any of the names.
func (d *document) meta(names ...string) string {
	for _, name := range names {
		if v := d.metas[name]; v != "" {
			return v
		}
	}
	return ""
}

// head collects metas, scripts and times from the whole tree: many themes
// write them into the body.
func (d *document) head(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.DataAtom {
		case atom.Meta:
			d.addMeta(c)
		case atom.Link:
			if d.canonical == "" && strings.EqualFold(attr(c, "rel"), "canonical") {
				d.canonical = attr(c, "href")
			}
		case atom.Title:
			if d.title == "" {
				d.title = innerText(c)
			}
		case atom.Script:
			d.addScript(c)
		case atom.Time, atom.Abbr:
			if t := firstOf(attr(c, "datetime"), attr(c, "title")); t != "" {
				d.times = append(d.times, moment{source: "time", text: t, node: c})
			}
		default:
			if state := attr(c, "data-page"); strings.HasPrefix(state, "{") { // Inertia
				d.state = append(d.state, state)
			}
			if t := attr(c, "content"); t != "" && strings.Contains(attr(c, "property"), "created") {
				d.times = append(d.times, moment{source: "time", text: t, node: c})
			}
			d.head(c)
		}
	}
}

func (d *document) addMeta(n *html.Node) {
	content := strings.TrimSpace(attr(n, "content"))
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop"} {
		if name := strings.ToLower(attr(n, key)); name != "" && d.metas[name] == "" {
			d.metas[name] = content
		}
	}
}

// maxScript bounds one script of data; article bodies fit many times.
const maxScript = 2 << 20

func (d *document) addScript(n *html.Node) {
	if n.FirstChild == nil || len(n.FirstChild.Data) > maxScript {
		return
	}
	switch kind := strings.ToLower(attr(n, "type")); {
	case strings.Contains(kind, "ld+json"):
		d.linked = append(d.linked, n.FirstChild.Data)
	case kind == "application/json" && (attr(n, "id") == "__NEXT_DATA__" || attr(n, "id") == "__NUXT_DATA__" || attr(n, "data-page") != ""):
		d.state = append(d.state, n.FirstChild.Data)
	case kind == "" || strings.Contains(kind, "javascript"):
		if m := stateScript.FindStringIndex(n.FirstChild.Data); m != nil {
			d.state = append(d.state, firstValue(n.FirstChild.Data[m[1]-1:]))
		} else if state := nuxtState(n.FirstChild.Data); state != "" {
			d.state = append(d.state, state)
		}
	}
}

// stateScript begins a script that hands the data of a page to a program.
var stateScript = regexp.MustCompile(`^\s*(?:window|self)\.__(?:INITIAL_STATE|PRELOADED_STATE|APOLLO_STATE|NUXT|INITIAL_DATA|DATA)__\s*=\s*\{`)

// firstValue is the JSON value that a text begins with; "" when it is none.
func firstValue(text string) string {
	var v json.RawMessage
	if json.NewDecoder(strings.NewReader(text)).Decode(&v) != nil {
		return ""
	}
	return string(v)
}

// weights are what is in an element: elements, itself included, links, and the
// bytes of its text in links and in all.
type weights struct{ elements, links, linked, text int32 }

// weighAll appends the weights of n and of all elements in it that are read, in
// their order on the page. So those of the first child come right after n's, and
// those of its neighbour so many elements later as are in the child.
func weighAll(n *html.Node, all []weights) []weights {
	at := len(all)
	all = append(all, weights{})
	var sum weights
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			sum.text += int32(len(strings.TrimSpace(c.Data))) // pages are far from 2 GB
		case isRead(c):
			inner := len(all)
			all = weighAll(c, all)
			sum.links, sum.linked, sum.text = sum.links+all[inner].links, sum.linked+all[inner].linked, sum.text+all[inner].text
		}
	}
	if n.DataAtom == atom.A {
		sum.links++
		sum.linked = sum.text
	}
	sum.elements = int32(len(all) - at)
	all[at] = sum
	return all
}

// hasLinks reports whether there is a link in an element, or it is one.
func hasLinks(n *html.Node) bool {
	if n.DataAtom == atom.A {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isRead(c) && hasLinks(c) {
			return true
		}
	}
	return false
}
