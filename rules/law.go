package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pakta"
)

// LawID is a law's id: "UU 23/2014".
func LawID(typ, number string, year int) string { return fmt.Sprintf("%s %s/%d", typ, number, year) }

// Law finds a law by its id.
func (s *Set) Law(id string) (pakta.Law, bool) {
	l, ok := s.laws[id]
	return l, ok
}

// LawsNear are the ids of known laws of a type and year, in order: what a
// wrong citation may have meant.
func (s *Set) LawsNear(typ string, year int) []string {
	return s.lawYears[typ+" "+strconv.Itoa(year)]
}

// LawsTitled are the ids of known laws with this title, whatever its case and
// punctuation.
func (s *Set) LawsTitled(title string) []string { return s.titles[foldName(title)] }

// LatestYear is the year of the latest law in the tables: nothing much later is
// known to these rules.
func (s *Set) LatestYear() int { return s.latestYear }

// compileLaws joins the two tables of laws; the first is checked better, so
// it wins.
func (s *Set) compileLaws(complaints *Complaints) {
	n := len(s.tables["laws"]) + len(s.tables["laws_more"])
	s.laws = make(map[string]pakta.Law, n)
	s.titles = make(map[string][]string, n)
	s.lawYears = make(map[string][]string, n/8)
	for _, name := range []string{"laws", "laws_more"} {
		for i := range s.tables[name] {
			e := &s.tables[name][i]
			if _, dup := s.laws[e.ID]; dup {
				continue
			}
			year, _ := strconv.Atoi(e.Attr("year")) // checkLaw has seen that it parses
			s.latestYear = max(s.latestYear, year)
			typ := e.Attr("type")
			s.laws[e.ID] = pakta.Law{Type: typ, Number: e.Attr("number"), Year: year, Title: e.Attr("title")}
			key := typ + " " + e.Attr("year")
			s.lawYears[key] = append(s.lawYears[key], e.ID)
			if name == "laws" {
				title := foldName(e.Attr("title"))
				s.titles[title] = append(s.titles[title], e.ID)
			}
		}
	}
	for _, ids := range s.lawYears {
		slices.Sort(ids)
	}
	for _, e := range s.tables["law_names"] {
		if _, ok := s.laws[e.Attr("law")]; !ok {
			complaints.add(e.File, e.Line, "law %q: there is no such law in laws.csv or laws_more.csv", e.Attr("law"))
		}
	}
}

// checkLaw says what is wrong with a row of a table of laws.
func checkLaw(e *Entry) string {
	year, err := strconv.Atoi(e.Attr("year"))
	if err != nil || year < 1945 || year > 2100 {
		return fmt.Sprintf("year %q: want 1945 to 2100", e.Attr("year"))
	}
	if want := LawID(e.Attr("type"), e.Attr("number"), year); e.ID != want {
		return fmt.Sprintf("id %q: want %q, as type, number and year say", e.ID, want)
	}
	if strings.TrimSpace(e.Attr("title")) == "" {
		return "the title is empty"
	}
	return ""
}
