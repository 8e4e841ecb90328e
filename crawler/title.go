package crawler

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// minTitle is the least length of a headline in bytes; shorter headings name
// sections and sites.
const minTitle = 15

// titleText is the headline, without the site's name, and marks its line.
// What the structured data calls it is looked up among the page's headings,
// which are longer when the data is cut. Without data it is the part of the
// window's title that stands on the page, or else the first heading.
func (d *document) titleText(structured string) string {
	said := clean(firstOf(structured, d.meta("og:title", "twitter:title")))
	heads := d.headings()
	if namesSite(said, d.meta("og:site_name")) {
		said = "" // templates that give every page the same
	}
	for _, candidate := range append([]string{said}, titleParts(d.title, d.meta("og:site_name"))...) {
		if h, ok := matchHeading(heads, candidate); ok {
			d.mark(h.line)
			return h.text
		}
		if l := d.lineOf(candidate); l != nil && (l.links == 0 || !l.linked()) {
			d.headline = l
			return l.text
		}
	}
	// What stands nowhere on the page, and is the window's title as well, is the
	// name of the site, which templates give to every page.
	none := said == "" || structured == "" && foldTitle(said) == foldTitle(d.title)
	if h := d.likeliest(heads); none && h.text != "" {
		d.mark(h.line)
		return h.text
	}
	if l := d.headLine(); none && len(heads) == 0 && l != nil {
		d.headline = l
		return l.text
	}
	return firstOf(stripSite(said, d.meta("og:site_name")), firstOf(titleParts(d.title, d.meta("og:site_name"))...))
}

// namesSite reports whether a title says no more than the site's name:
// "Website Resmi Kabupaten Ngawi" of "Kabupaten Ngawi".
func namesSite(title, site string) bool {
	return site != "" && strings.Contains(foldTitle(title), foldTitle(site)) && len(title) < len(site)+20
}

// likeliest is the first heading that is no link and in no teaser, or else
// the first.
func (d *document) likeliest(heads []heading) heading {
	for _, h := range heads {
		if !hasLinks(h.node) && !d.inTeaser(h.node) {
			return h
		}
	}
	if len(heads) > 0 {
		return heads[0]
	}
	return heading{}
}

// maxBold is the longest bold line that is a headline.
const maxBold = 200

// headLine is the first line that is bold as a whole, or in an element that is
// named after titles, no link, and stands close above a date or prose: the
// headline of pages without headings.
func (d *document) headLine() *line {
	for i := range d.lines {
		l := &d.lines[i]
		if len(l.text) < minTitle || len(l.text) > maxBold || l.links > 0 || !isBold(l) && !namesTitle(l.node) {
			continue
		}
		for j := i + 1; j < min(i+4, len(d.lines)); j++ {
			if _, _, dated := writtenDay(d.lines[j].text); d.lines[j].prose() > 0 || dated {
				return l
			}
		}
	}
	return nil
}

// namesTitle reports whether the class or id of an element is that of titles:
// "panel-heading", "judul_berita", "post-title".
func namesTitle(n *html.Node) bool {
	names := strings.ToLower(attr(n, "class") + " " + attr(n, "id"))
	return strings.Contains(names, "title") || strings.Contains(names, "judul") || strings.Contains(names, "heading") || strings.Contains(names, "headline")
}

// isBold reports whether a line is set in bold letters as a whole.
func isBold(l *line) bool {
	var bold func(n *html.Node, depth int) bool
	bold = func(n *html.Node, depth int) bool {
		for c := n.FirstChild; c != nil && depth < 5; c = c.NextSibling {
			switch c.DataAtom {
			case atom.B, atom.Strong, atom.Big:
				if innerText(c) == l.text {
					return true
				}
			case atom.Font, atom.Span, atom.P, atom.Div, atom.Center:
				if bold(c, depth+1) {
					return true
				}
			}
		}
		return false
	}
	return bold(l.node, 0)
}

// heading is a heading of the page.
type heading struct {
	text string
	line string // all of its text, links included
	rank int    // 1 for h1
	node *html.Node
}

// headings are those long enough to be headlines, h1 first.
func (d *document) headings() []heading {
	var all [5][]heading
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if rank := headRank(c); rank > 0 {
				if leadsHome(c) {
					continue
				}
				full := innerText(c)
				if h := (heading{text: withoutLinks(c, full), line: full, rank: rank, node: c}); len(h.text) >= minTitle {
					all[rank] = append(all[rank], h)
				}
			} else if c.Type == html.ElementNode && !unread(c.DataAtom) && c.DataAtom != atom.Nav && c.DataAtom != atom.Aside {
				walk(c)
			}
		}
	}
	walk(d.root)
	var out []heading
	for _, h := range all {
		out = append(out, h...)
	}
	return out
}

// leadsHome reports whether a heading is a link to the home page: the site's
// name.
func leadsHome(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.A {
			continue
		}
		u, err := url.Parse(strings.TrimSpace(attr(c, "href")))
		if err != nil || u.RawQuery != "" || u.Fragment != "" {
			return false
		}
		switch strings.Trim(u.Path, "/.") {
		case "", "index.php", "index.html", "home", "beranda":
			return attr(c, "href") != ""
		}
	}
	return false
}

func headRank(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	}
	return 0
}

// withoutLinks is the text of a heading without the links in it, when enough
// is left: some put the way to the page into it.
func withoutLinks(n *html.Node, full string) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && b.Len() < maxInner; c = c.NextSibling {
			if c.Type == html.TextNode {
				b.WriteString(c.Data)
			} else if c.DataAtom != atom.A {
				walk(c)
			}
		}
	}
	walk(n)
	if rest := clean(b.String()); len(rest) >= minTitle {
		return rest
	}
	return full
}

// matchHeading is the heading that says what candidate says, or goes on where
// candidate is cut, or is cut itself.
func matchHeading(heads []heading, candidate string) (heading, bool) {
	want := foldTitle(candidate)
	if len(want) < 8 {
		return heading{}, false
	}
	for _, h := range heads {
		if foldTitle(h.text) == want {
			return h, true
		}
	}
	cut := strings.TrimRight(want, ".… ")
	for _, h := range heads {
		got := foldTitle(h.text)
		if len(got) >= minTitle && (strings.HasPrefix(got, cut) || strings.HasPrefix(want, got) && h.rank == 1 && 5*len(got) > 3*len(want)) {
			return h, true
		}
	}
	return heading{}, false
}

// lineOf is the first line that is this text.
func (d *document) lineOf(text string) *line {
	want := foldTitle(text)
	if len(want) < minTitle {
		return nil
	}
	for i := range d.lines {
		if l := &d.lines[i]; len(l.text) < 2*len(text) && l.low == want {
			return l
		}
	}
	return nil
}

// mark remembers the line of the headline: outside links and lists first.
func (d *document) mark(text string) {
	for i := range d.lines {
		if l := &d.lines[i]; l.text == text && (d.headline == nil || d.headline.links > 0 && l.links == 0) {
			d.headline = l
		}
	}
}

// separators stand between a headline and the site's name.
var separators = []string{" | ", " :: ", " - ", " – ", " — ", " » ", " ~ ", " • ", " « ", " · "}

// titleParts are the readings of a window's title: without the last part,
// without the first, and the whole. A known name of the site settles it.
func titleParts(title, site string) []string {
	if stripped := stripSite(title, site); stripped != title {
		return []string{stripped, title}
	}
	var out []string
	for _, sep := range separators {
		if i := strings.LastIndex(title, sep); i > 0 {
			out = append(out, strings.TrimSpace(title[:i]))
		}
		if i := strings.Index(title, sep); i > 0 {
			out = append(out, strings.TrimSpace(title[i+len(sep):]))
		}
	}
	longest := ""
	for _, p := range out {
		if len(p) > len(longest) && len(p) >= minTitle {
			longest = p
		}
	}
	if longest != "" {
		return append([]string{longest}, append(out, title)...)
	}
	return []string{title}
}

// stripSite takes the site's name off either end of a title.
func stripSite(title, site string) string {
	if site == "" {
		return title
	}
	for _, sep := range separators {
		if rest, ok := strings.CutSuffix(title, sep+site); ok {
			return strings.TrimSpace(rest)
		}
		if rest, ok := strings.CutPrefix(title, site+sep); ok {
			return strings.TrimSpace(rest)
		}
	}
	return title
}

// foldTitle is a text as the titles of lines are compared, see line.low.
func foldTitle(s string) string {
	if !isClean(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	return strings.ToLower(s)
}
