package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"pakta"
	"pakta/export"
)

const jsonType = "application/json; charset=utf-8"

// api makes a handler of a function that answers or says why not.
func (s *site) api(answer func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := answer(w, r); err != nil {
			s.fail(w, r, err)
		}
	}
}

// failJSON tells a program what a page tells a person, in English.
func (s *site) failJSON(w http.ResponseWriter, f *fault) {
	w.Header().Del("ETag")
	text, _ := s.texts.text(english, f.key, f.args...)
	if f.detail != "" {
		text = f.detail + ". " + text
	}
	body, err := json.Marshal(struct {
		Status int    `json:"status"`
		Error  string `json:"error"`
	}{f.code, text})
	if err != nil {
		panic(err) // two plain fields
	}
	w.Header().Set("Content-Type", jsonType)
	w.WriteHeader(f.code)
	_, _ = w.Write(append(body, '\n')) // the client has gone
}

func (s *site) apiSearch(w http.ResponseWriter, r *http.Request) error {
	f, err := s.strictFilter(r.URL.Query())
	if err != nil {
		return err
	}
	res, err := s.search(r.Context(), f.Query)
	if err != nil {
		return err
	}
	return sendJSON(w, r, etag("search", res.Index), res)
}

func (s *site) apiAgreement(w http.ResponseWriter, r *http.Request) error {
	if err := known(r.URL.Query()); err != nil {
		return err
	}
	a, err := s.Archive.Agreement(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("encode agreement %s: %w", a.ID, err)
	}
	return sendJSON(w, r, etag("agreement", string(body)), a)
}

// strictFilter is parseFilter for programs, whose misspelt parameters would
// otherwise go unnoticed and give too much.
func (s *site) strictFilter(q url.Values, more ...string) (filter, error) {
	if err := known(q, append(more, parameters[:]...)...); err != nil {
		return filter{}, err
	}
	return s.parseFilter(q)
}

func known(q url.Values, names ...string) error {
	for name := range q {
		if name != "lang" && !slices.Contains(names, name) {
			return &fault{code: http.StatusBadRequest, key: "fault.unknown", args: []any{clip(name, 40), strings.Join(names, ", ")}}
		}
	}
	return nil
}

func sendJSON(w http.ResponseWriter, r *http.Request, tag string, v any) error {
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "no-cache")
	if matches(r, tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	send(w, r, http.StatusOK, jsonType, b.Bytes())
	return nil
}

// apiExport streams all agreements of a query. An error after the first of
// them breaks the connection, so that what came does not pass for the whole.
func (s *site) apiExport(w http.ResponseWriter, r *http.Request) error {
	f, err := s.strictFilter(r.URL.Query(), "format")
	if err != nil {
		return err
	}
	name := r.URL.Query().Get("format")
	if name == "" {
		name = "jsonl"
	}
	format, err := export.ParseFormat(name)
	if err != nil {
		return badParameter("format", name, "json, jsonl")
	}
	all, stop, err := begin(s.Search.Each(r.Context(), f.Query))
	if err != nil {
		return err
	}
	defer stop()
	h := w.Header()
	h.Set("Content-Type", jsonType)
	if name != "json" {
		h.Set("Content-Type", "application/jsonl; charset=utf-8")
	}
	h.Set("Content-Disposition", `attachment; filename="pakta.`+url.PathEscape(name)+`"`)
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return nil
	}
	out := &patient{w: w, control: http.NewResponseController(w)}
	if _, err := export.Write(r.Context(), out, format, all); err != nil {
		s.Log.Error("export broken off", "err", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// begin reads the first of a sequence, so that an error there can still
// become an answer. stop must be called.
func begin(seq iter.Seq2[*pakta.Agreement, error]) (all iter.Seq2[*pakta.Agreement, error], stop func(), err error) {
	next, stop := iter.Pull2(seq)
	first, err, ok := next()
	if ok && err != nil {
		stop()
		return nil, nil, err
	}
	return func(yield func(*pakta.Agreement, error) bool) {
		for a, err := first, error(nil); ok; a, err, ok = next() {
			if !yield(a, err) {
				return
			}
		}
	}, stop, nil
}

// patient gives a client that reads more time to read on.
type patient struct {
	w       io.Writer
	control *http.ResponseController
	renewed time.Time
}

// Write renews the connection's deadline now and then.
func (p *patient) Write(b []byte) (int, error) {
	if now := time.Now(); now.Sub(p.renewed) > time.Second {
		p.renewed = now
		_ = p.control.SetWriteDeadline(now.Add(writeTimeout)) // test recorders have none
	}
	return p.w.Write(b)
}
