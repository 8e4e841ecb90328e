package crawler

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// structured is what the data in a page says of its article.
type structured struct {
	headline, author, section, published, modified string
	body                                           []string // paragraphs
}

// articleTypes are the types of schema.org that news has.
var articleTypes = map[string]bool{
	"NewsArticle": true, "Article": true, "BlogPosting": true, "ReportageNewsArticle": true, "LiveBlogPosting": true, "AnalysisNewsArticle": true,
	"OpinionNewsArticle": true, "BackgroundNewsArticle": true, "SocialMediaPosting": true, "Report": true,
}

// pageTypes are types that say when a page was published.
var pageTypes = map[string]bool{"WebPage": true, "ItemPage": true}

// readStructured reads the first article in the page's JSON-LD, be it alone,
// in an array or in a @graph; then in the state of programs. Without either,
// the times of what is only called a page are taken. What does not parse is
// passed over.
func (d *document) readStructured() structured {
	var page structured
	for _, text := range d.linked {
		v, ok := looseJSON(text)
		if !ok {
			continue
		}
		if node := findTyped(v, articleTypes, 0); node != nil {
			return structuredOf(node, namesByID(v, 0, map[string]string{}))
		}
		if node := findTyped(v, pageTypes, 0); node != nil && page.published == "" {
			page = structured{published: firstText(node["datePublished"]), modified: firstText(node["dateModified"])}
		}
	}
	for _, text := range d.state {
		if v, ok := looseJSON(text); ok {
			if node := findState(revive(v), 0); node != nil {
				return stateOf(node)
			}
		}
	}
	return page
}

// looseJSON parses JSON as sites write it: with line breaks inside strings,
// commas before closing brackets, comments of templates around it.
func looseJSON(text string) (any, bool) {
	text = strings.TrimSpace(text)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"/*<![CDATA[*/", "/*]]>*/"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}} {
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, wrap[0]), wrap[1]))
	}
	text = strings.TrimSuffix(text, ";")
	var v any
	if json.Unmarshal([]byte(text), &v) == nil {
		return v, true
	}
	if json.Unmarshal(mendJSON(text), &v) == nil {
		return v, true
	}
	if strings.Contains(text, "&quot;") && json.Unmarshal(mendJSON(html.UnescapeString(text)), &v) == nil {
		return v, true
	}
	return nil, false
}

// mendJSON escapes control characters inside strings, drops backslashes that
// escape nothing, and drops commas before closing brackets.
func mendJSON(text string) []byte {
	out := make([]byte, 0, len(text)+16)
	inside := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case inside && c == '\\' && i+1 < len(text):
			i++
			if strings.IndexByte(`"\/bfnrtu`, text[i]) >= 0 {
				out = append(out, c)
			}
			out = append(out, text[i])
		case c == '"':
			inside = !inside
			out = append(out, c)
		case inside && c < 0x20:
			out = append(out, `\n`...)
		case !inside && (c == '}' || c == ']'):
			for len(out) > 0 && strings.IndexByte(" \t\r\n,", out[len(out)-1]) >= 0 {
				out = out[:len(out)-1]
			}
			out = append(out, c)
		default:
			out = append(out, c)
		}
	}
	return out
}

// maxGraph is how deeply articles are looked for in JSON-LD: page, main
// entity, graph.
const maxGraph = 5

// findTyped looks for an object of one of the types in arrays, graphs and main
// entities.
func findTyped(v any, types map[string]bool, depth int) map[string]any {
	if depth > maxGraph {
		return nil
	}
	switch t := v.(type) {
	case []any:
		for _, x := range t {
			if n := findTyped(x, types, depth+1); n != nil {
				return n
			}
		}
	case map[string]any:
		for _, typ := range texts(t["@type"]) {
			if types[strings.TrimPrefix(strings.TrimPrefix(typ, "http://schema.org/"), "https://schema.org/")] {
				return t
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			if n := findTyped(t[key], types, depth+1); n != nil {
				return n
			}
		}
	}
	return nil
}

// namesByID collects the names of what has an @id: authors are often given by
// reference.
func namesByID(v any, depth int, into map[string]string) map[string]string {
	if depth > maxGraph {
		return into
	}
	switch t := v.(type) {
	case []any:
		for _, x := range t {
			namesByID(x, depth+1, into)
		}
	case map[string]any:
		if id, ok := t["@id"].(string); ok {
			if name := firstText(t["name"]); name != "" {
				into[id] = name
			}
		}
		namesByID(t["@graph"], depth+1, into)
	}
	return into
}

func structuredOf(n map[string]any, persons map[string]string) structured {
	author := firstText(n["author"], n["creator"])
	if ref, ok := n["author"].(map[string]any); ok && author == "" {
		id, _ := ref["@id"].(string) // another type has no name
		author = persons[id]
	}
	return structured{
		headline: unescaped(firstText(n["headline"], n["name"])), author: unescaped(author), section: unescaped(firstText(n["articleSection"])),
		published: firstText(n["datePublished"], n["dateCreated"]), modified: firstText(n["dateModified"]), body: bodyLines(firstText(n["articleBody"])),
	}
}

// unescaped undoes the HTML entities that templates leave in JSON.
func unescaped(s string) string {
	if strings.Contains(s, "&") {
		return html.UnescapeString(s)
	}
	return s
}

// bodyLines makes paragraphs of a text that may carry markup.
func bodyLines(s string) []string {
	if s == "" {
		return nil
	}
	if strings.Contains(s, "&lt;") {
		s = html.UnescapeString(s)
	}
	if !strings.Contains(s, "<") {
		return paragraphs(unescaped(s))
	}
	d := newDocument(parse([]byte(s)))
	var all []*line
	for i := range d.lines {
		if !d.lines[i].out() {
			all = append(all, &d.lines[i])
		}
	}
	return d.trim(all, "")
}

// texts are the strings in a value: itself, those of an array, the name of an
// object.
func texts(v any) []string {
	switch t := v.(type) {
	case string:
		return []string{t}
	case []any:
		var out []string
		for _, x := range t {
			out = append(out, texts(x)...)
		}
		return out
	case map[string]any:
		if name, ok := t["name"].(string); ok {
			return []string{name}
		}
		return texts(t["rendered"])
	}
	return nil
}

func firstText(all ...any) string {
	for _, v := range all {
		for _, s := range texts(v) {
			if strings.TrimSpace(s) != "" {
				return s
			}
		}
	}
	return ""
}
