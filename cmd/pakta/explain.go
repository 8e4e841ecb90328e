package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"pakta"
	"pakta/crawler"
	"pakta/extract"
)

// writeExplanation tells why each value of a record is there, and what was
// considered and rejected.
func writeExplanation(w io.Writer, rec *pakta.Record, steps []extract.Step) {
	fmt.Fprintf(w, "article %s: agreement %t, score %.2f (%s)\n", rec.Article.ID, rec.Agreement, rec.Score, strings.Join(rec.Reasons, ", "))
	for _, v := range values(rec) {
		fmt.Fprintf(w, "  %s = %s\n", v.field, v.value)
		for _, ev := range v.evidence {
			fmt.Fprintf(w, "      %-28s %d-%d %s\n", ev.Rule, ev.Start, ev.End, strconv.Quote(oneLine(ev.Text, 100)))
		}
	}
	for _, s := range steps {
		fmt.Fprintf(w, "  rejected: %s\n      %-28s %d-%d %s\n", s.Reason, s.Rule, s.Start, s.End, strconv.Quote(oneLine(s.Text, 100)))
	}
}

// writeReading tells how an article was read out of its page, and which of the
// times that the page gives was believed; nothing when there was no page.
func writeReading(w io.Writer, art *pakta.Article, r *crawler.Reading) {
	if r == nil {
		return
	}
	fmt.Fprintf(w, "page: text by the %s reader; published %s\n", r.Text, art.Published.Format(time.RFC3339))
	for _, given := range r.Times.Given {
		fmt.Fprintf(w, "      given by %s\n", oneLine(given, 100))
	}
	if r.Times.Why != "" {
		fmt.Fprintf(w, "      chosen because %s\n", r.Times.Why)
	}
}

// value is one value of a record as the explanation shows it.
type value struct {
	field, value string
	evidence     []pakta.Evidence
}

// values are all values of a record, in the order of its JSON.
func values(r *pakta.Record) []value {
	var out []value
	add := func(field, v string, ev []pakta.Evidence) { out = append(out, value{field, v, ev}) }
	if r.Status != "" {
		add("status", string(r.Status), r.Evidence.Status)
	}
	if r.Kind != "" {
		add("kind", string(r.Kind), r.Evidence.Kind)
	}
	for _, v := range r.Instruments {
		add("instrument", string(v.Type), v.Evidence)
	}
	if v := r.SignedOn; v != nil {
		add("signed_on", v.Value, v.Evidence)
	}
	for _, v := range r.Dates {
		add("date", v.Value+" "+string(v.Role), v.Evidence)
	}
	if v := r.Venue; v != nil {
		add("venue", join(v.Name, string(v.Region)), v.Evidence)
	}
	for _, v := range r.Parties {
		add("party", join(v.Name, string(v.Type), string(v.Region)), v.Evidence)
	}
	for _, v := range r.Regions {
		add("region", fmt.Sprint(v.Code, " ", v.Name, " ", v.Roles), v.Evidence)
	}
	for _, v := range r.Officials {
		add("official", join(string(v.Name), string(v.Acting), string(v.Position), string(v.Region), fmt.Sprint(v.Roles)), v.Evidence)
	}
	for _, v := range r.LegalRefs {
		add("legal_ref", join(v.ID, string(v.Pinpoint), string(v.Title)), v.Evidence)
	}
	for _, v := range r.Sectors {
		add("sector", v.Code+" "+v.Name, v.Evidence)
	}
	for _, v := range r.SectorsOther {
		add("sector_other", v.Text, v.Evidence)
	}
	return append(out, lesserValues(r)...)
}

// lesserValues are the values that few articles have.
func lesserValues(r *pakta.Record) []value {
	var out []value
	for _, v := range r.Numbers {
		out = append(out, value{"number", v.Value, v.Evidence})
	}
	for _, v := range r.Forums {
		out = append(out, value{"forum", v.Name, v.Evidence})
	}
	if v := r.DurationMonths; v != nil {
		out = append(out, value{"duration_months", strconv.Itoa(*v), r.Evidence.DurationMonths})
	}
	if v := r.ValueIDR; v != nil {
		out = append(out, value{"value_idr", strconv.FormatInt(*v, 10), r.Evidence.ValueIDR})
	}
	for _, v := range r.Unresolved {
		out = append(out, value{"unresolved " + v.Field, string(v.Reason) + ": " + v.Message, v.Evidence})
	}
	for _, v := range r.Warnings {
		out = append(out, value{"warning", v.Code + ": " + v.Message, v.Evidence})
	}
	return out
}

// join puts the parts that are not empty side by side.
func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" && p != "[]" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}
