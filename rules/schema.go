package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// schema lists all tables. The order is that of [Set.Tables] and of the hash.
var schema = []table{
	// Tables of facts.
	{name: "regions", columns: cols("code,name,short,kind,capital,lat,lon,aliases"), check: checkRegion},
	{name: "former_provinces", columns: cols("province,was,law"), check: both(number("province", 11, 99), number("was", 11, 99))},
	{name: "sectors", columns: cols("code,name,group,law"), check: oneOf("group", "wajib_pelayanan_dasar", "wajib_non_pelayanan_dasar", "pilihan")},
	{name: "laws", columns: cols("id,type,number,year,title"), check: checkLaw},
	{name: "laws_more", columns: cols("id,type,number,year,title"), check: checkLaw},

	// Spelling.
	{name: "variants", columns: cols("id,forms")},
	{name: "abbreviations", columns: cols("id,forms")},
	{name: "noise", columns: cols("id,forms,class"), check: oneOf("class", "related", "pointer", "byline", "caption", "furniture", "end")},

	// What the grammars ask for.
	{name: "words", columns: cols("id,words,what"), check: checkWords},

	// Dates, laws, quantities.
	{name: "months", columns: cols("id,forms"), check: number("id", 1, 12)},
	{name: "hijri_months", columns: cols("id,forms"), check: number("id", 1, 12)},
	{name: "weekdays", columns: cols("id,forms"), check: number("id", 0, 6)},
	{name: "number_words", columns: cols("value,forms"), check: number("value", 0, 1_000_000_000)},
	{name: "relative_dates", columns: cols("id,forms,unit,offset"), check: both(oneOf("unit", "day", "week", "month", "year"), number("offset", -400, 400))},
	{name: "date_cues", columns: cols("id,forms,role"), check: oneOf("role", "signed", "effective", "expires", "planned", "published", "mentioned")},
	{name: "law_types", columns: cols("type,forms,region"), check: oneOf("region", "", "region")},
	{name: "law_names", columns: cols("id,forms,law")},
	{name: "units", columns: cols("id,forms,kind,factor"), check: oneOf("kind", "money", "currency", "duration", "duration_cue", "value_cue")},

	// Regions and officials.
	{name: "region_cues", columns: cols("name,reason,place"), check: oneOf("place", "", "yes", "land", "capital")},
	{name: "region_prefixes", columns: cols("id,forms,kind,type"), check: oneOf("kind", "provinsi", "kabupaten", "kota", "any")},
	{name: "places", columns: cols("id,forms,class"), check: oneOf("class", "place", "area", "body", "after", "idiom")},
	{name: "positions", columns: cols("position,forms,class,level,region,tail"), check: checkPosition},
	{name: "agencies", columns: cols("agency,forms,kind"), check: oneOf("kind", "dinas", "badan", "own", "head", "council", "setda", "ministry", "words")},
	{name: "agency_words", columns: cols("id,forms")},
	{name: "acting", columns: cols("acting,forms"), check: oneOf("acting", "Pj", "Plt", "Plh", "Pjs")},
	{name: "honorifics", columns: cols("id,forms")},
	{name: "degrees", columns: cols("id,forms")},
	{name: "given_names", columns: cols("id,forms")},
	{name: "name_stops", columns: cols("id,forms,class"), check: oneOf("class", "function", "verb", "noun", "inner")},
	{name: "official_cues", columns: cols("id,forms,role,side"), check: oneOf("role", "signatory", "witness", "attendee", "speaker", "former", "link")},
	{name: "collectives", columns: cols("id,forms,position")},

	// Agreements.
	{name: "gate", columns: cols("id,forms")},
	{name: "instruments", columns: cols("id,forms,type"), check: oneOf("type", "kesepakatan_bersama", "perjanjian_kerja_sama", "nota_kesepakatan", "nota_kesepahaman", "rencana_kerja", "lainnya", "generic")},
	{name: "bodies", columns: cols("id,forms,type,shape,means"), check: both(
		oneOf("type", "central_government", "company", "university", "organization", "foreign_government", "international", "other"),
		oneOf("shape", "head", "name", "named"))},
	{name: "partner_nouns", columns: cols("id,forms,type,count"), check: both(
		oneOf("type", "regional_government", "central_government", "company", "university", "organization", "international"),
		oneOf("count", "", "yes", "named"))},
	{name: "forums", columns: cols("id,forms")},
	{name: "cues", columns: cols("id,forms,class")},
	{name: "venues", columns: cols("id,forms,class"), check: oneOf("class", "head", "open", "area", "lead", "visit", "fused", "town")},
	{name: "sector_terms", columns: cols("id,forms,sectors,use"), check: oneOf("use", "", "list", "item", "product", "weak", "other", "inflation", "partner", "not")},
}

func cols(s string) []string { return strings.Split(s, ",") }

// oneOf checks that a column has one of the allowed values.
func oneOf(column string, allowed ...string) func(*Entry) string {
	return func(e *Entry) string {
		if v := e.Attr(column); !slices.Contains(allowed, v) {
			return fmt.Sprintf("%s %q: want one of %q", column, v, allowed)
		}
		return ""
	}
}

// number checks that a column is a whole number from low to high.
func number(column string, low, high int) func(*Entry) string {
	return func(e *Entry) string {
		if v, err := strconv.Atoi(e.Attr(column)); err != nil || v < low || v > high {
			return fmt.Sprintf("%s %q: want a whole number from %d to %d", column, e.Attr(column), low, high)
		}
		return ""
	}
}

func both(a, b func(*Entry) string) func(*Entry) string {
	return func(e *Entry) string {
		if msg := a(e); msg != "" {
			return msg
		}
		return b(e)
	}
}

// checkWords looks at a list of words that a grammar asks for by its id.
func checkWords(e *Entry) string {
	words := e.List("words")
	for i, w := range words {
		switch {
		case foldForm(w) != w || strings.Contains(w, " "):
			return fmt.Sprintf("%q: want single words in small letters, separated by ;", w)
		case slices.Contains(words[:i], w):
			return fmt.Sprintf("%q stands twice", w)
		}
	}
	if len(words) == 0 || e.Attr("what") == "" {
		return "words or what is empty"
	}
	return ""
}

func checkPosition(e *Entry) string {
	return both(
		both(oneOf("class", "head", "deputy", "secretary", "assistant", "agency", "council", "vertical", "company", "school", "central", "foreign", "chief", "area", "other"),
			oneOf("level", "provinsi", "kabupaten", "kota", "any", "none")),
		both(oneOf("region", "yes", "body", "no"), oneOf("tail", "", "keep", "skip", "body", "area", "title", "ministry", "committee", "staff", "field", "faction", "under")),
	)(e)
}

func checkRegion(e *Entry) string {
	if msg := oneOf("kind", "provinsi", "kabupaten", "kota")(e); msg != "" {
		return msg
	}
	if kind := e.Attr("kind"); (kind == "provinsi") != (len(e.ID) == 2) {
		return fmt.Sprintf("code %q: want two digits for a provinsi, NN.NN otherwise", e.ID)
	}
	for _, column := range []string{"lat", "lon"} {
		if v, err := strconv.ParseFloat(e.Attr(column), 64); err != nil || v < -180 || v > 180 {
			return fmt.Sprintf("%s %q: want degrees", column, e.Attr(column))
		}
	}
	if e.Attr("name") == "" || e.Attr("short") == "" {
		return "name or short is empty"
	}
	return ""
}
