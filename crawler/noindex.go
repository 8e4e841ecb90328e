package crawler

import (
	"bytes"
	"iter"
	"regexp"
	"strings"

	"pakta"
)

// NoIndex is the Reason of articles whose page asks not to be indexed. They are
// fetched and say so, or skipped, as Options.ObeyNoIndex has it.
const NoIndex = "the page asks not to be indexed (noindex)"

var (
	robotsName  = regexp.MustCompile(`(?i)\bname\s*=\s*["']?(?:robots|` + productToken + `)["'\s/>]`)
	metaContent = regexp.MustCompile(`(?i)\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
)

// robotsWords are what a page asks of robots: not to index it, not to follow its
// links. It does so in its head or in a header, of all or of us by name.
func robotsWords(page *pakta.Page) (noindex, nofollow bool) {
	var all []string
	for _, value := range page.Header.Values("X-Robots-Tag") {
		if name, rest, named := strings.Cut(value, ":"); !named || strings.EqualFold(strings.TrimSpace(name), productToken) {
			all = append(all, strings.TrimSpace(firstOf(rest, value)))
		}
	}
	head := page.Body[:min(len(page.Body), wallHead)]
	if end := bytes.Index(head, []byte("<body")); end >= 0 {
		head = head[:end]
	}
	for meta := range metaTags(head) {
		if low := bytes.ToLower(meta); !bytes.Contains(low, []byte("robots")) && !bytes.Contains(low, []byte(productToken)) || !robotsName.Match(meta) {
			continue
		}
		if m := metaContent.FindSubmatch(meta); m != nil {
			all = append(all, string(m[1])+string(m[2])+string(m[3]))
		}
	}
	for _, words := range all {
		for word := range strings.SplitSeq(strings.ToLower(words), ",") {
			word = strings.TrimSpace(word)
			noindex = noindex || word == "noindex" || word == "none"
			nofollow = nofollow || word == "nofollow" || word == "none"
		}
	}
	return noindex, nofollow
}

// maxMetaTag bounds the tag of a meta element that is for robots.
const maxMetaTag = 300

// metaTags are the tags of the meta elements in a head. They are looked for by
// hand, because every page that is fetched is searched.
func metaTags(head []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for {
			at := bytes.IndexByte(head, '<')
			if at < 0 {
				return
			}
			head = head[at+1:]
			if len(head) < len("meta ") || !bytes.EqualFold(head[:len("meta")], []byte("meta")) {
				continue
			}
			if end := bytes.IndexByte(head[:min(len(head), maxMetaTag)], '>'); end >= 0 && !yield(head[:end+1]) {
				return
			}
		}
	}
}

// readList reads the links of a page, none of one that asks not to follow them
// when that is obeyed.
func (d *discovery) readList(page *pakta.Page) *listPage {
	l := readList(page)
	if _, nofollow := robotsWords(page); nofollow && d.obey {
		return &listPage{feeds: l.feeds, rest: l.rest}
	}
	return l
}
