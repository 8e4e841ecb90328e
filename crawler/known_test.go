package crawler

import (
	"encoding/csv"
	"net/url"
	"os"
	"strings"
	"testing"
)

// regionCodes are the codes of the table of regions.
func regionCodes(t *testing.T) map[string]bool {
	t.Helper()
	f, err := os.Open("../rules/data/regions.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord, r.Comment = -1, '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, row := range rows {
		for _, field := range row[:2] {
			if field != "" && strings.Trim(field, "0123456789.") == "" {
				codes[field] = true
			}
		}
	}
	return codes
}

func TestKnown(t *testing.T) {
	all, err := Known()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 80 {
		t.Errorf("%d sources, want at least 80", len(all))
	}
	codes := regionCodes(t)
	names, hosts, provinces := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, k := range all {
		u, err := url.Parse(k.URL)
		if c, cerr := Canonical(k.URL); err != nil || cerr != nil || c != k.URL || u.Scheme != "https" || u.Path != "/" {
			t.Errorf("%s: address %s, want a canonical https address of a site", k.Name, k.URL)
		}
		if names[k.Name] || hosts[siteHost(u.Host)] {
			t.Errorf("%s, %s: twice in the list", k.Name, u.Host)
		}
		if !codes[k.Region] {
			t.Errorf("%s: no region has the code %s", k.Name, k.Region)
		}
		if k.Kind != "outlet" && k.Kind != "government" {
			t.Errorf("%s: kind %q, want outlet or government", k.Name, k.Kind)
		}
		names[k.Name], hosts[siteHost(u.Host)], provinces[k.Region[:2]] = true, true, true
	}
	for code := range codes {
		if len(code) == 2 && !provinces[code] {
			t.Errorf("no source is at home in province %s", code)
		}
	}
	if len(provinces) != 38 {
		t.Errorf("%d provinces, want 38", len(provinces))
	}
}
