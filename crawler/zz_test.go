package crawler

import (
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	for _, f := range []string{"seen", "heldout"} {
		for _, s := range savedPages(t, f) {
			if s.name == os.Getenv("P") {
				a, r, err := (&Reader{}).Read(s.page())
				t.Log(err, r)
				g := strings.Split(a.Text, "\n\n")
				w := strings.Split(s.wantText, "\n\n")
				has := func(l []string, x string) bool {
					for _, y := range l {
						if y == x {
							return true
						}
					}
					return false
				}
				for _, x := range g {
					if !has(w, x) {
						t.Log("EXTRA", x)
					}
				}
				for _, x := range w {
					if !has(g, x) {
						t.Log("LOST", x)
					}
				}
			}
		}
	}
}
