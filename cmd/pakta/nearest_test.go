package main

import "testing"

func TestNearest(t *testing.T) {
	commands := []string{"crawl", "crawler", "search", "serve", "schedule", "status", "export", "extract"}
	for word, want := range map[string]string{
		"serch": "search", "saerch": "search", "Search": "search", "crawlr": "crawler", "exprot": "export",
		"stats": "status", "x": "", "": "", "completely": "", "serve": "serve",
	} {
		if got := nearest(word, commands); got != want {
			t.Errorf("nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"", "", 3, 0}, {"abc", "abc", 0, 0}, {"abc", "acb", 3, 1}, {"abc", "abcd", 3, 1}, {"abc", "bc", 3, 1},
		{"kitten", "sitting", 5, 3}, {"kitten", "sitting", 2, 3}, {"abc", "xyz", 2, 3}, {"a", "abcdef", 2, 3},
	} {
		if got := distance(tt.a, tt.b, tt.limit); got != tt.want {
			t.Errorf("distance(%q, %q, %d) = %d, want %d", tt.a, tt.b, tt.limit, got, tt.want)
		}
	}
}

func FuzzDistance(f *testing.F) {
	f.Add("crawler", "crawlr", 3)
	f.Fuzz(func(t *testing.T, a, b string, limit int) {
		if len(a) > 100 || len(b) > 100 || limit < 0 || limit > 200 {
			return
		}
		d := distance(a, b, limit)
		if d != distance(b, a, limit) {
			t.Errorf("distance(%q, %q, %d) is not symmetric", a, b, limit)
		}
		if (d == 0) != (a == b) {
			t.Errorf("distance(%q, %q, %d) = %d", a, b, limit, d)
		}
		if d > limit+1 || d > max(len(a), len(b)) && d <= limit {
			t.Errorf("distance(%q, %q, %d) = %d, too great", a, b, limit, d)
		}
	})
}
