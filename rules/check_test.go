package rules

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestBuiltinIsClean: the tables of the program have nothing to complain of.
func TestBuiltinIsClean(t *testing.T) {
	for _, c := range Check() {
		t.Error(c)
	}
}

func TestCheck(t *testing.T) {
	over := fstest.MapFS{
		"forums.csv":       {Data: []byte("# own\nid,forms\nA,Gelora;&;GELORA\nB,gelora!\nC,Forum 12\n")},
		"law_names.csv":    {Data: []byte("id,forms,law\nuu-lama,UU lama,UU 999/1999\n")},
		"sector_terms.csv": {Data: []byte("#\nid,forms,sectors,use\nx,perkara rekaan,9.99,\n")},
		"months.csv":       {Data: []byte("# own\nid,forms\n13,tigabelas\n")},
		"words.csv":        {Data: []byte("# own\nid,words,what\ndate.day,tanggal;tgl;hari,before a day\ndate.days,tanggal,a slip\n")},
	}
	var got []string
	for _, c := range Check(over) {
		if !strings.HasPrefix(c.File, BuiltinFolder) {
			got = append(got, c.String())
		}
	}
	wants := []string{
		`forums.csv:3: form "&" can never be found`,
		`forums.csv:4: form "gelora!" stands in "A" too (forums.csv:3)`,
		`forums.csv:5: form "Forum 12" can never be found`,
		`law_names.csv:1: no comment at the top`,
		`law_names.csv:2: law "UU 999/1999": there is no such law`,
		`months.csv:3: id "13": want a whole number from 1 to 12`,
		`sector_terms.csv:1: no comment at the top`,
		`sector_terms.csv:3: sector "9.99": there is no such code`,
		`words.csv:4: no grammar asks for the words "date.days"`,
	}
	for _, want := range wants {
		if len(got) == 0 || !strings.HasPrefix(got[0], want) {
			t.Fatalf("complaints go on with %q, want %q", got, want)
		}
		got = got[1:]
	}
	if len(got) > 0 {
		t.Errorf("further complaints: %q", got)
	}
}
