package web

import (
	"net/http"

	"pakta"
)

// shownRuns is how many runs the status page has: two weeks of nights.
const shownRuns = 14

func (s *site) aboutPage(v *view) error {
	if v.unchanged("about") {
		return nil
	}
	v.Title, _ = s.texts.text(v.Lang, "nav.about")
	return v.render(http.StatusOK, "about.html", nil)
}

// state is what the status page shows.
type state struct {
	Counted bool
	Stats   Stats
	Runs    []pakta.Run
	States  []stateCount
	Sources []SourceState
}

type stateCount struct {
	Label string
	Count int
}

func (s *site) statusPage(v *view) error {
	ctx := v.r.Context()
	var d state
	var err error
	if d.Runs, err = s.Archive.Runs(ctx, shownRuns); err != nil {
		return err
	}
	if s.Stats != nil {
		if d.Stats, err = s.Stats(ctx); err != nil {
			return err
		}
		d.Counted = true
	}
	if s.Sources != nil {
		if d.Sources, err = s.Sources(ctx); err != nil {
			return err
		}
	}
	for _, a := range pakta.AddressStates() {
		if n := d.Stats.Addresses[a]; n > 0 {
			d.States = append(d.States, stateCount{v.label("address", string(a)), n})
		}
	}
	v.w.Header().Set("Cache-Control", "no-store")
	v.Title, _ = s.texts.text(v.Lang, "nav.status")
	return v.render(http.StatusOK, "status.html", d)
}

// health answers monitors: 200 when the archive can be read.
func (s *site) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if _, err := s.Archive.Runs(r.Context(), 1); err != nil {
		s.Log.Error("not healthy", "err", err)
		send(w, r, http.StatusServiceUnavailable, "text/plain; charset=utf-8", []byte("archive cannot be read\n"))
		return
	}
	send(w, r, http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
}
