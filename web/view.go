package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"pakta"
)

//go:embed templates
var templateFiles embed.FS

// templates are the pages by file name, each with the frame around it.
type templates map[string]*template.Template

func parseTemplates() (templates, error) {
	const frame = "templates/frame.html"
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	pages := templates{}
	for _, name := range names {
		if name == frame {
			continue
		}
		t, err := template.New("frame.html").Option("missingkey=error").ParseFS(templateFiles, frame, name)
		if err != nil {
			return nil, err
		}
		pages[path.Base(name)] = t
	}
	return pages, nil
}

// view is one request on its way to becoming a page. Its exported methods
// and fields are what templates use.
type view struct {
	site *site
	w    http.ResponseWriter
	r    *http.Request

	Lang language
	// explicit says that the address names the language, so that the
	// addresses on the page must too.
	explicit bool

	Title string
	// Data is the page's own.
	Data any
}

func (s *site) newView(w http.ResponseWriter, r *http.Request) *view {
	l, explicit := chooseLanguage(r)
	return &view{site: s, w: w, r: r, Lang: l, explicit: explicit}
}

// page makes a handler of a function that renders a page or says why not.
func (s *site) page(render func(*view) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := render(s.newView(w, r)); err != nil {
			s.fail(w, r, err)
		}
	}
}

// unchanged answers 304 when the client has the page made from the same
// parts. Otherwise it leaves the tag in the header of the answer to come.
func (v *view) unchanged(parts ...string) bool {
	tag := etag(append(parts, string(v.Lang), v.site.Version, v.site.assets["style.css"].hash)...)
	h := v.w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "Accept-Language")
	if !matches(v.r, tag) {
		return false
	}
	v.w.WriteHeader(http.StatusNotModified)
	return true
}

// render sends the page, whole or not at all.
func (v *view) render(code int, name string, data any) error {
	v.Data = data
	var b bytes.Buffer
	if err := v.site.pages[name].Execute(&b, v); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	v.w.Header().Set("Content-Language", string(v.Lang))
	send(v.w, v.r, code, "text/html; charset=utf-8", b.Bytes())
	return nil
}

// failPage shows a fault as a page. Should that fail too, bare words are sent.
func (s *site) failPage(w http.ResponseWriter, r *http.Request, f *fault) {
	w.Header().Del("ETag")
	v := s.newView(w, r)
	data := struct {
		Code         int
		Detail, Text string
		Query        string
	}{Code: f.code, Detail: f.detail, Query: clip(r.URL.Query().Get("q"), maxText)}
	data.Text, _ = s.texts.text(v.Lang, f.key, f.args...)
	v.Title, _ = s.texts.text(v.Lang, "fault.title."+strconv.Itoa(f.code))
	if err := v.render(f.code, "fault.html", data); err != nil {
		s.Log.Error("error page failed", "err", err)
		http.Error(w, http.StatusText(f.code), f.code)
	}
}

// T is the text of a key; a key that the catalog lacks is a mistake of ours.
func (v *view) T(key string, args ...any) (string, error) {
	t, ok := v.site.texts.text(v.Lang, key, args...)
	if !ok {
		return "", fmt.Errorf("no text %q in %q", key, v.Lang)
	}
	return t, nil
}

// N is the text for so many: key.one or key.other.
func (v *view) N(key string, n int) (string, error) {
	form := ".other"
	if n == 1 {
		form = ".one"
	}
	return v.T(key+form, v.Number(n))
}

// Number writes n as the language does.
func (v *view) Number(n int) string { return v.Lang.number(int64(n)) }

// Link is the address of a page in the language of this one.
func (v *view) Link(path string, query ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		q.Add(query[i], query[i+1])
	}
	return v.address(path, q)
}

// address is path with the query, and the language when it is explicit.
func (v *view) address(path string, q url.Values) string {
	if v.explicit {
		q.Set("lang", string(v.Lang))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// AgreementLink is the address of an agreement's page.
func (v *view) AgreementLink(id string) string { return v.Link("/agreements/" + url.PathEscape(id)) }

// Toggle is the address of this page in the other language.
func (v *view) Toggle() string {
	q := v.r.URL.Query()
	q.Set("lang", string(v.Lang.other()))
	return v.r.URL.EscapedPath() + "?" + q.Encode()
}

// OtherLang is the language that Toggle leads to.
func (v *view) OtherLang() string { return string(v.Lang.other()) }

// Explicit says whether forms must carry the language along.
func (v *view) Explicit() bool { return v.explicit }

// At says whether this is the page at path, for the navigation.
func (v *view) At(path string) bool { return v.r.URL.Path == path }

// Asset is the address of a static file.
func (v *view) Asset(name string) string { return v.site.assetURL(name) }

// Version is that of the program.
func (v *view) Version() string { return v.site.Options.Version }

// Demo says whether what is shown is invented.
func (v *view) Demo() bool { return v.site.Options.Demo }

// Indexed is the version of the index that answers.
func (v *view) Indexed() string { return v.site.Search.Version() }

// Day is the day of a time in its own zone, in words; empty when unknown.
func (v *view) Day(t pakta.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.date(t.Format(time.DateOnly))
}

// Clock is a time of the crawler in western Indonesia, to the minute.
func (v *view) Clock(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	t = t.In(pakta.WIB)
	return v.date(t.Format(time.DateOnly)) + ", " + t.Format("15.04") + " WIB"
}

// date writes YYYY, YYYY-MM or YYYY-MM-DD in words, and anything else as it
// is.
func (v *view) date(value string) string {
	fields := strings.Split(value, "-")
	if len(fields) == 1 || len(fields) > 3 {
		return value
	}
	month, ok := v.site.texts.text(v.Lang, "month."+fields[1])
	if !ok {
		return value
	}
	words := month + " " + fields[0]
	if len(fields) == 3 {
		words = strings.TrimPrefix(fields[2], "0") + " " + words
	}
	return words
}

// outside is the address of an article when it is one a browser may be sent
// to: absolute, http or https. It is empty for all others, "javascript:"
// among them.
func outside(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
