package crawler

import (
	"bytes"
	"errors"
)

const (
	// maxFeedItems is how many items of a feed are read; feeds have 10 to 150.
	maxFeedItems = 2000
	// maxFeedDepth is how deep the elements of a feed may lie in one another. Ours
	// have ten levels, with XHTML in them perhaps forty; the reader of feeds calls
	// itself for each, and a million would end the process.
	maxFeedDepth = 128
	// maxElements is how many elements of a feed are read, and how many objects
	// of a feed or an interface in JSON.
	maxElements = 200_000
)

// errMarkup: a document is made to hurt who reads it.
var errMarkup = errors.New("the document is nested too deeply or has too many elements")

// boundFeed cuts a feed after maxFeedItems, and refuses one whose elements are
// too many or too deep. It looks at the brackets only, so that a document
// costs its length, whatever is in it.
func boundFeed(body []byte) ([]byte, error) {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
		return body, boundJSON(body)
	}
	depth, elements, items := 0, 0, 0
	for at := 0; ; {
		open := bytes.IndexByte(body[at:], '<')
		if open < 0 {
			return body, nil
		}
		at += open
		end := tagEnd(body[at:])
		if end < 0 {
			return body, nil // breaks off here; who reads it says so
		}
		tag := body[at : at+end]
		at += end
		switch {
		case tag[1] == '!' || tag[1] == '?':
		case tag[1] == '/':
			depth--
			if name := string(tag); name == "</item>" || name == "</entry>" {
				items++
			}
		case tag[len(tag)-2] != '/':
			depth++
			elements++
		default:
			elements++
		}
		switch {
		case depth > maxFeedDepth || elements > maxElements:
			return nil, errMarkup
		case items >= maxFeedItems:
			return mendFeed(body[:at]), nil
		}
	}
}

// tagEnd is the length of the tag, comment or section that b begins with,
// brackets included; -1 when it does not end.
func tagEnd(b []byte) int {
	for _, s := range [][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}} {
		if bytes.HasPrefix(b, []byte(s[0])) {
			if i := bytes.Index(b, []byte(s[1])); i >= 0 {
				return i + len(s[1])
			}
			return -1
		}
	}
	quote := byte(0)
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>' && i > 1:
			return i + 1
		}
	}
	return -1
}

// boundJSON refuses a document with too many objects: a post or an item is a
// handful, and an empty one costs a hundred times its length in memory.
func boundJSON(body []byte) error {
	if bytes.Count(body, []byte("{")) > maxElements/10 {
		return errMarkup
	}
	return nil
}
