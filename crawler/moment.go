package crawler

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"pakta"
)

// moment is a time that a page gives for its article.
type moment struct {
	source string // where it stands: "json-ld", "meta", "time", "text", "address"
	text   string
	node   *html.Node // of the element, nil for data
	at     time.Time
	clock  bool // has a time of day
	zoned  bool // says its zone
	near   bool // stands next to the headline
}

// Times is what a page says of when its article was published, and which of
// it was believed.
type Times struct {
	Published, Modified pakta.Time
	// Given are the readings found, as "source: words".
	Given []string
	// Why says how the publication time was chosen; empty when all readings
	// agree.
	Why string
}

// publishedTimes collects what the page says and chooses.
func (d *document) publishedTimes(ld structured, page *pakta.Page) Times {
	var out Times
	data := d.dataMoments(ld)
	written := d.writtenMoment()
	for _, m := range append(data, written...) {
		out.Given = append(out.Given, m.source+": "+m.text)
	}
	best, why := chooseMoment(data, written, page)
	if best == nil {
		if m := addressDate.FindStringSubmatch(firstOf(page.Final, page.URL)); m != nil {
			if t, ok := calendar(m[1], m[2], m[3]); ok {
				out.Given = append(out.Given, "address: "+m[0])
				out.Published = pakta.Time{Time: t}
			}
		}
		return out
	}
	out.Published, out.Why = pakta.Time{Time: best.at}, why
	if modified := firstTime(ld.modified, d.meta("article:modified_time", "datemodified", "og:updated_time"), d.writtenChange()); modified.After(best.at) {
		out.Modified = modified
	}
	return out
}

// dataMoments are the times in structured data and elements made for them, in
// order of trust.
func (d *document) dataMoments(ld structured) []moment {
	var all []moment
	add := func(source, text string) {
		if m, ok := readMoment(source, text); ok {
			all = append(all, m)
		}
	}
	add("json-ld", ld.published)
	for _, name := range []string{"article:published_time", "datepublished", "content_publisheddate", "publishdate", "pubdate", "publish-date", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.issued", "dcterms.created", "date"} {
		add("meta", d.metas[name])
	}
	for _, t := range d.times {
		if !d.aside(t.node) && !d.inTeaser(t.node) {
			add(t.source, t.text)
		}
	}
	return all
}

// maxAside is how far up names of comments and lists are looked for.
const maxAside = 8

// aside reports whether an element lies in comments or a list of other
// articles. What holds the headline is neither, whatever its name.
func (d *document) aside(n *html.Node) bool {
	for range maxAside {
		if n == nil || d.headline != nil && within(d.headline.node, n) {
			return false
		}
		if n.Data == "aside" || namesAside(attr(n, "class")) || namesAside(attr(n, "id")) {
			return true
		}
		n = n.Parent
	}
	return false
}

// namesAside reports whether a class or id is that of comments or lists.
func namesAside(names string) bool {
	for w := range strings.FieldsFuncSeq(names, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "comment", "comments", "commentlist", "komentar", "related", "terkait", "sidebar":
			return true
		case "widget":
			return !strings.Contains(names, "elementor-") // a builder whose every part is one
		}
	}
	return false
}

// inTeaser reports whether an element lies in a teaser of another article.
func (d *document) inTeaser(n *html.Node) bool {
	if d.teased == nil {
		d.teased = make(map[*html.Node]bool, len(d.teasers))
		for _, t := range d.teasers {
			d.teased[t] = true
		}
	}
	for ; n != nil && !d.holdsHeadline(n); n = n.Parent {
		if d.teased[n] {
			return true
		}
	}
	return false
}

// readMoment reads a time and what it tells of itself.
func readMoment(source, text string) (moment, bool) {
	t, ok := parsePublished(text)
	if !ok {
		return moment{}, false
	}
	m := moment{source: source, text: text, at: t.Time}
	if _, rest, ok := writtenDay(text); ok {
		m.clock = clockTime.MatchString(rest)
		m.zoned = zoneName.MatchString(rest) || strings.HasSuffix(strings.TrimSpace(text), "Z")
	} else {
		m.clock = true
	}
	return m, true
}

// How far from the headline a date is taken for the article's, in lines.
const (
	linesAbove = 6
	linesBelow = 12
)

// maxDated is the longest line in which a date stands for the article and not
// for what it tells.
const maxDated = 170

// writtenMoment is the date that readers see: in the lines next to the
// headline, or else in the first short line of the page that has one. Lines
// of prose do not count, nor those about a change.
func (d *document) writtenMoment() []moment {
	at := d.indexOf(d.headline)
	var best *moment
	needClock := at < 0 // else today's date at the top of the page would do
	look := func(from, to int) {
		for i := max(from, 0); i < min(to, len(d.lines)) && (best == nil || !best.clock); i++ {
			l := &d.lines[i]
			if len(l.text) > maxDated || !mayBeDated(l.text) || isChange(l) || d.aside(l.node) || d.inTeaser(l.node) || l.prose() > 0 && strings.HasSuffix(l.text, ".") || l.linked() && len(l.text) > 40 {
				continue
			}
			if m, ok := readMoment("text", l.text); ok && (best == nil && (m.clock || !needClock) || best != nil && m.clock && sameDay(m.at, best.at)) {
				m.near = at >= 0 && i > at-linesAbove && i < at+linesBelow
				best = &m
			}
		}
	}
	// Above the headline many sites show today's date, so below comes first.
	for _, span := range [][2]int{{at, at + linesBelow}, {at - linesAbove, at}, {at, len(d.lines)}, {0, at}} {
		if best == nil {
			look(span[0], span[1])
		}
	}
	if needClock = false; best == nil && at < 0 {
		look(0, len(d.lines))
	}
	if best == nil {
		return nil
	}
	return []moment{*best}
}

// changeWords begin a line about a change of the article.
var changeWords = []string{"terakhir di", "diperbarui", "diperbaharui", "diupdate", "diubah", "update", "last updated", "last modified", "modified"}

// isChange reports whether a line is about a change of the article.
func isChange(l *line) bool {
	at := strings.IndexFunc(l.low, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' })
	return at >= 0 && slices.ContainsFunc(changeWords, func(w string) bool { return strings.HasPrefix(l.low[at:], w) })
}

// writtenChange is the date of the first line about a change.
func (d *document) writtenChange() string {
	for i := range d.lines {
		if l := &d.lines[i]; len(l.text) < maxDated && isChange(l) {
			return l.text
		}
	}
	return ""
}

// chooseMoment takes the most trusted of the data, unless what the reader
// sees shows that it errs, and says why when they disagree:
//
//   - data that has the day only gives way to the same day with a time;
//   - the same clock in another zone is a system that takes its local time for
//     UTC: the zone that is written counts;
//   - data later than when the page was fetched, or on another day than both
//     the written date and the address, gives way to the written date.
//
// A time in UTC is shown in the zone that is written, else in WIB, since
// "kemarin" is said in the reader's day.
func chooseMoment(data, written []moment, page *pakta.Page) (*moment, string) {
	if len(data) == 0 {
		if len(written) == 0 {
			return nil, ""
		}
		return &written[0], ""
	}
	best := data[0]
	for _, m := range data[1:] {
		if !best.clock && m.clock && sameDay(best.at, m.at) {
			best = m
		}
	}
	why := ""
	if len(written) > 0 {
		best, why = weigh(best, written[0], page)
	}
	if _, offset := best.at.Zone(); offset == 0 && best.zoned {
		best.at = best.at.In(pakta.WIB)
	}
	for _, m := range data {
		if why == "" && m.clock && best.clock && !m.at.Equal(best.at) {
			why = fmt.Sprintf("%s says %s, %s says %s: the first is trusted more", best.source, best.text, m.source, m.text)
		}
	}
	return &best, why
}

// weigh settles data against what is written for readers.
func weigh(data, written moment, page *pakta.Page) (moment, string) {
	differ := fmt.Sprintf("%s says %s, the page shows %s: ", data.source, data.text, written.text)
	switch {
	case !data.clock && written.clock && sameDay(data.at, written.at):
		return written, differ + "only the latter has a time of day"
	case written.clock && data.at.Truncate(time.Minute).Equal(written.at):
		if written.zoned {
			data.at, data.zoned = data.at.In(written.at.Location()), false
		}
		return data, ""
	case written.zoned && data.clock && sameClock(data.at, written.at):
		return written, differ + "the same clock, so the zone shown to readers counts"
	case sameDay(data.at.In(written.at.Location()), written.at):
		if written.clock {
			return data, differ + "the same day, so the more exact counts"
		}
		return data, ""
	case data.source == "time" && written.near:
		return written, differ + "it stands next to the headline"
	case !page.Fetched.IsZero() && data.at.After(page.Fetched.Add(24*time.Hour)):
		return written, differ + "the former lies in the future"
	}
	if m := addressDate.FindStringSubmatch(firstOf(page.Final, page.URL)); m != nil {
		if day, ok := calendar(m[1], m[2], m[3]); ok && sameDay(day, written.at) && !sameDay(day, data.at) {
			return written, differ + "the address agrees with the latter"
		}
	}
	return data, differ + "data made for machines is trusted more"
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// sameClock reports whether two times show the same day and minute on clocks
// of different zones.
func sameClock(a, b time.Time) bool {
	return sameDay(a, b) && a.Hour() == b.Hour() && a.Minute() == b.Minute()
}

var addressDate = regexp.MustCompile(`/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/`)
