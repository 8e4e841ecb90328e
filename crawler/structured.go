package crawler

import (
	"encoding/json"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// structured is what the JSON-LD of a page says of its article.
type structured struct {
	headline, author, section, published, modified, body string
}

// articleTypes are the types of schema.org that news has.
var articleTypes = map[string]bool{
	"NewsArticle": true, "Article": true, "BlogPosting": true, "ReportageNewsArticle": true, "LiveBlogPosting": true,
}

// maxScript bounds one JSON-LD script; article bodies fit many times.
const maxScript = 1 << 20

// readStructured reads the first article in the page's JSON-LD, be it alone,
// in an array or in a @graph. What does not parse is passed over.
func readStructured(doc *goquery.Document) structured {
	var out structured
	doc.Find(`script[type="application/ld+json"]`).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		text := s.Text()
		if len(text) > maxScript {
			return true
		}
		var v any
		if json.Unmarshal([]byte(strings.TrimSpace(text)), &v) != nil {
			// Line breaks inside strings are the common mistake.
			if json.Unmarshal([]byte(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(text)), &v) != nil {
				return true
			}
		}
		if node := findArticle(v, 0); node != nil {
			out = structuredOf(node)
			return false
		}
		return true
	})
	return out
}

// findArticle looks for an article in arrays and graphs, not deeply.
func findArticle(v any, depth int) map[string]any {
	if depth > 3 {
		return nil
	}
	switch t := v.(type) {
	case []any:
		for _, x := range t {
			if n := findArticle(x, depth+1); n != nil {
				return n
			}
		}
	case map[string]any:
		for _, typ := range texts(t["@type"]) {
			if articleTypes[typ] {
				return t
			}
		}
		return findArticle(t["@graph"], depth+1)
	}
	return nil
}

func structuredOf(n map[string]any) structured {
	return structured{
		headline: firstText(n["headline"], n["name"]), author: firstText(n["author"]), section: firstText(n["articleSection"]),
		published: firstText(n["datePublished"], n["dateCreated"]), modified: firstText(n["dateModified"]), body: plainBody(firstText(n["articleBody"])),
	}
}

// plainBody turns an article body that carries markup into lines.
func plainBody(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(s))
	if err != nil {
		return ""
	}
	return strings.Join(blockLines(doc.Find("body")), "\n\n")
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
		return texts(t["name"])
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
