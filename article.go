package pakta

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// WIB is Waktu Indonesia Barat, UTC+7: the zone that a time without one is
// read in, because most newsrooms and the nightly schedule live in it.
var WIB = time.FixedZone("WIB", 7*60*60)

// Article is one news article, cleaned of what surrounds it on a page. It is
// derived from a [Page] or imported. Title and Text are plain text: paragraphs
// are separated by a blank line, list items stand on lines of their own.
type Article struct {
	// ID identifies the article within an archive and in records. A crawled
	// article's is derived from its canonical address; an imported one keeps
	// the one it came with.
	ID string `json:"id"`
	// URL is the canonical address; empty when there is none.
	URL string `json:"url"`
	// Site is the host name of the outlet, or the name it goes by.
	Site string `json:"site"`
	// Source is the name of the configured source that found the article.
	Source string `json:"source,omitempty"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	Author string `json:"author,omitempty"`
	// Section is the heading that the outlet files the article under.
	Section string `json:"section,omitempty"`
	// Published is when the outlet says it published the article. It anchors
	// words like "kemarin"; zero when unknown.
	Published Time `json:"published"`
	Modified  Time `json:"modified,omitzero"`
	// Fetched is when the page was got; zero for imported articles.
	Fetched Time `json:"fetched,omitzero"`
	// Region is the Kemendagri code of the region the source is at home in,
	// empty when it has none. It settles otherwise ambiguous names.
	Region string `json:"region,omitempty"`
}

// Canonical is the text that evidence offsets count in: title, a blank line,
// text. It is right only for articles whose Title and Text are valid UTF-8 in
// NFC, as archived ones are.
func (a *Article) Canonical() string { return a.Title + "\n\n" + a.Text }

// UnmarshalJSON reads an article leniently about its address: a "source_url"
// stands in for a missing "url".
func (a *Article) UnmarshalJSON(b []byte) error {
	type plain Article
	in := struct {
		*plain
		SourceURL string `json:"source_url"`
	}{plain: (*plain)(a)}
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	if a.URL == "" {
		a.URL = in.SourceURL
	}
	return nil
}

// Time is a point in time whose zero value means "unknown" and is JSON null.
// It keeps the zone it was given in.
type Time struct{ time.Time }

// timeLayouts are the forms ParseTime accepts, tried in order. Those without
// a zone are read as [WIB].
var timeLayouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04",
	"2006-01-02",
}

// ParseTime reads RFC 3339 and its usual shortenings, down to a bare date,
// which is its midnight in [WIB]. An empty string is the unknown time.
func ParseTime(s string) (Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Time{}, nil
	}
	for _, layout := range timeLayouts {
		if t, err := time.ParseInLocation(layout, s, WIB); err == nil {
			return Time{t}, nil
		}
	}
	return Time{}, fmt.Errorf("time %.40q: want RFC 3339 (2026-03-12T10:00:00+07:00) or a date (2026-03-12)", s)
}

// MarshalJSON writes RFC 3339 to the second, or null for the unknown time.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + t.Format(time.RFC3339) + `"`), nil
}

// UnmarshalJSON reads what [ParseTime] reads, and null.
func (t *Time) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		*t = Time{}
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("time: want a string, got %.40s", b)
	}
	parsed, err := ParseTime(s)
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}

// Maybe is a string whose empty value means "unknown" and is JSON null.
type Maybe string

// MarshalJSON writes null for the empty string.
func (m Maybe) MarshalJSON() ([]byte, error) {
	if m == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(m))
}

// UnmarshalJSON reads a string or null.
func (m *Maybe) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		*m = ""
		return nil
	}
	return json.Unmarshal(b, (*string)(m))
}
