package crawler

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// maxName is the longest name of an author in bytes, degrees included.
const maxName = 70

// authorText is who wrote the article: by the structured data, the element
// made for it, a line that says so, the meta elements, in this order. Meta
// elements come last because many systems put the site's owner there.
func (d *document) authorText(structured string) string {
	for _, s := range []string{structured, d.meta("content_author")} {
		if name := d.asName(s); name != "" {
			return name
		}
	}
	if name := d.bylineElement(); name != "" {
		return name
	}
	for i := range d.lines {
		if l := &d.lines[i]; len(l.text) <= maxByline && maySign(l.low) {
			if name := d.asName(nameIn(l.text)); name != "" {
				return name
			}
		}
	}
	if name := d.asName(d.meta("author", "article:author", "dc.creator", "twitter:data1")); name != "" {
		return name
	}
	return firstOf(d.nameBeforeDate(), d.officeBesideDate())
}

// officeName is how governments sign: "Admin Kominfo", "Humas", "Redaksi".
var officeName = regexp.MustCompile(`^(?:Admin|Administrator|Humas|Redaksi|Diskominfo|Kominfo|Prokopim|Tim)(?: \p{Lu}[\p{L}.]*){0,3}$`)

// officeBesideDate is such a signature in a line of its own, below the
// headline and next to a date.
func (d *document) officeBesideDate() string {
	at := d.indexOf(d.headline)
	for i := at + 1; at >= 0 && i < min(at+linesAbove, len(d.lines)-1); i++ {
		if !officeName.MatchString(d.lines[i].text) {
			continue
		}
		for _, beside := range []int{i - 1, i + 1} {
			if l := &d.lines[beside]; l.prose() == 0 {
				if _, _, dated := writtenDay(l.text[:min(len(l.text), maxDated)]); dated {
					return d.asName(d.lines[i].text)
				}
			}
		}
	}
	return ""
}

// nameBeforeDate is the name in a line below the headline that goes on with
// the date: "Rina Puspita • Senin, 5 Februari 2024".
func (d *document) nameBeforeDate() string {
	after := 0
	for i := range d.lines {
		l := &d.lines[i]
		if after == 0 && l != d.headline {
			continue
		}
		if after++; after > 4 {
			break
		}
		if m := nameThenDate.FindStringSubmatch(l.text); m != nil && len(l.text) < maxByline {
			return d.asName(m[1])
		}
	}
	return ""
}

// nameThenDate is two to five capitalised words before a mark and a date.
var nameThenDate = regexp.MustCompile(`^(\p{Lu}[\p{L}.']+(?: \p{Lu}[\p{L}.']*){1,4})\s*[•|·–-]\s*(?:\p{Lu}\p{L}+,? )?\d{1,2}[ /-]`)

// asName is s when it can be a name: short, no address, not the site itself.
func (d *document) asName(s string) string {
	s = strings.Trim(clean(s), " ,;:|-–")
	low := strings.ToLower(s)
	if len(s) < 3 || len(s) > maxName || strings.Contains(s, "://") || strings.Contains(s, "@") || strings.EqualFold(s, d.meta("og:site_name")) || strings.HasSuffix(low, ".com") || strings.HasSuffix(low, ".id") {
		return ""
	}
	for _, sep := range separators {
		if strings.HasPrefix(d.title, s+sep) || strings.HasSuffix(d.title, sep+s) {
			return ""
		}
	}
	if _, _, dated := writtenDay(s); dated {
		return ""
	}
	return s
}

// bylineWords are the classes of elements that hold the author's name, surest
// first.
var bylineWords = []string{"tdb-author-name", "td-post-author-name", "author-name", "entry-author", "post-author", "username", "penulis", "reporter", "author", "byline"}

// iconRank is the place of an icon's name among the bylineWords.
const iconRank = 6

// bylineElement is the name in the first element made for it that does not
// belong to a comment.
func (d *document) bylineElement() string {
	found := make([]string, len(bylineWords)+1)
	ranks := map[names]int{}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || unread(c.DataAtom) || c.Data == "head" {
				continue
			}
			class := attr(c, "class")
			if namesAside(class) && !d.holdsHeadline(c) {
				continue
			}
			if isPersonIcon(c, class) {
				if name := d.asName(afterIcon(c)); name != "" && found[iconRank] == "" {
					found[iconRank] = name
				}
			} else if rank := bylineRank(c, class, ranks); rank >= 0 && found[rank] == "" {
				found[rank] = d.nameOf(c)
			}
			walk(c)
		}
	}
	walk(d.root)
	return firstOf(found...)
}

// holdsHeadline reports whether the headline lies in an element.
func (d *document) holdsHeadline(n *html.Node) bool {
	return d.headline != nil && within(d.headline.node, n)
}

// isPersonIcon reports whether an element is the picture of a person, as
// templates put it before the author.
func isPersonIcon(n *html.Node, class string) bool {
	return (n.Data == "i" || n.Data == "span") && (strings.Contains(class, "fa-user") || strings.Contains(class, "bi-person") || strings.Contains(class, "icon-user") || strings.Contains(class, "glyphicon-user"))
}

// afterIcon is the text right after an icon, up to the next element that is
// an icon too.
func afterIcon(n *html.Node) string {
	for c := n.NextSibling; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && clean(c.Data) != "" {
			return c.Data
		}
		if c.Type == html.ElementNode {
			return innerText(c)
		}
	}
	return ""
}

// bylineRank is how sure an element is one with the author's name, 0 the
// surest; -1 when it is none. The ranks of names that were asked before are in
// ranks: a page has few names and many elements.
func bylineRank(n *html.Node, class string, ranks map[names]int) int {
	if attr(n, "rel") == "author" || strings.Contains(attr(n, "itemprop"), "author") {
		return 0
	}
	key := names{class, attr(n, "id")}
	if key == (names{}) {
		return -1
	}
	rank, known := ranks[key]
	if !known {
		rank = rankOfNames(strings.ToLower(key.class), strings.ToLower(key.id))
		ranks[key] = rank
	}
	return rank
}

// rankOfNames judges a class and an id.
func rankOfNames(class, id string) int {
	named := func(word string) bool { return strings.Contains(class, word) || strings.Contains(id, word) }
	if named("desc") || named("bio") || named("box") {
		return -1
	}
	for i, w := range bylineWords {
		if named(w) {
			return i + 1
		}
	}
	if named("credit-title-name") {
		return len(bylineWords)
	}
	return -1
}

// nameOf reads the name out of an element made for it.
func (d *document) nameOf(n *html.Node) string {
	text := innerText(n)
	if len(text) > 2*maxName {
		return ""
	}
	if m := gluedBy.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	if name := nameIn(text); name != "" {
		text = name
	}
	for _, sep := range []string{" - ", " | ", " – ", ", "} {
		if i := strings.Index(text, sep); i > 2 {
			text = text[:i]
		}
	}
	if low := strings.ToLower(text); strings.HasPrefix(low, "editor") {
		return ""
	}
	return d.asName(text)
}

// gluedBy is a name with the word before it set apart by the style sheet only.
var gluedBy = regexp.MustCompile(`^(?:Oleh|By):?(\p{Lu}.*)`)

// bylineText is a line, or the beginning of one, that says who wrote.
var bylineText = regexp.MustCompile(`(?i)(?:^|[|•]\s?|(?:WIB|WITA|WIT|\d{4})\s)\W{0,3}(?:(?:ditulis|diposting|dikirim|dipublikasikan|diunggah|posted|written)\s+(?:oleh|by)|oleh|by|penulis|pewarta|reporter|laporan|kontributor|wartawan|jurnalis)\s*:?\s+(\p{Lu}[^|•()\d/]{1,80})`)

// signWords are the words of which one is in every byline, in lower case.
var signWords = []string{"oleh", "by", "penulis", "pewarta", "reporter", "laporan", "kontributor", "wartawan", "jurnalis"}

// maySign reports whether a line in lower case may be a byline: most lines of a
// page have none of the words, which is cheaper to find than bylineText.
func maySign(low string) bool {
	return slices.ContainsFunc(signWords, func(w string) bool { return strings.Contains(low, w) })
}

// maxByline is the longest line in which a byline is looked for.
const maxByline = 160

// nameIn is the name that a byline says; "" when the line is none.
func nameIn(text string) string {
	if len(text) > maxByline {
		return ""
	}
	m := bylineText.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	name := m[1]
	for _, end := range []string{" pada ", " - ", " – ", ", ", " Tanggal", " tanggal", " Editor", " di ", "  "} {
		if i := strings.Index(name, end); i > 0 {
			name = name[:i]
		}
	}
	if day := strings.Fields(name); len(day) > 6 || strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) }) {
		return ""
	}
	return strings.TrimSpace(name)
}
