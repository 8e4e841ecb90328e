package crawler

import (
	"errors"
	"strings"
	"testing"
)

// TestNoise: lines that are left out, and lines alike that stay.
func TestNoise(t *testing.T) {
	for _, text := range []string{
		"Baca Juga: Warga Keluhkan Jalan Rusak", "BACA JUGA : Warga Keluhkan Jalan Rusak", "Simak breaking news dan berita pilihan kami langsung di ponselmu.",
		"Artikel ini telah tayang di Ngawi Kini dengan judul Warga Keluhkan Jalan", "Editor : Lestari Puspandari", "Penulis: Teguh Prakoso | Editor: Lestari", "#kerjasama #ngawi",
		"Selengkapnya baca di halaman berikutnya", "Mari bergabung di Grup Telegram kami", "Copyright © 2024 Ngawi Kini", "Facebook", "Sumber: Ngawi Kini", "[Gambas:Video]", "Masukkan email Anda",
	} {
		if !isNoise(&line{text: text, low: strings.ToLower(text)}) {
			t.Errorf("isNoise(%q) = false", text)
		}
	}
	for _, text := range []string{
		"Baca buku menjadi kebiasaan baru warga Ngawi sejak perpustakaan desa dibuka.", "Editor buku daerah itu hadir.", "Sumber dana program berasal dari APBD kedua daerah.", "Sumber: APBD kedua daerah tahun 2024",
		"Iklan layanan masyarakat disiapkan.", "Twitter dan Facebook dipakai pemerintah kabupaten untuk layanan pengaduan.", "#NgawiBersih menjadi tema tahun ini", "Tag harga dipasang di pasar.",
	} {
		if isNoise(&line{text: text, low: strings.ToLower(text)}) {
			t.Errorf("isNoise(%q) = true", text)
		}
	}
}

func TestRoles(t *testing.T) {
	for _, tt := range []struct {
		class, id string
		want      role
	}{
		{"entry-content", "", roleBody}, {"entry-content no-share has-sidebar", "", roleBody}, {"elementor-widget-container", "", rolePlain},
		{"td-post-sharing", "", roleSide}, {"", "comments", roleSide}, {"baca-juga-collections", "", roleSide}, {"no-share", "", rolePlain},
		{"hover:share flex", "", rolePlain}, {"sidebar-konten", "", roleSide}, {"berita", "", rolePlain}, {"adspace", "", rolePlain}, {"box ads", "", roleSide},
	} {
		if got := roleOfNames(tt.class, tt.id); got != tt.want {
			t.Errorf("roleOfNames(%q, %q) = %d, want %d", tt.class, tt.id, got, tt.want)
		}
	}
}

// TestNotArticle: what is no article says what it is.
func TestNotArticle(t *testing.T) {
	for body, want := range map[string]string{
		"%PDF-1.4 ...": "a PDF", "\x89PNG\r\n": "an image", "": "no title", "<title>Judul Berita</title><p>Pendek.</p>": "bytes of text",
		"<title>Just a moment...</title>" + strings.Repeat("<p>"+satu+"</p>", 3): "wall", "<title>404 tidak ditemukan</title>": "does not exist", `{"a":1}`: "no title",
	} {
		if _, err := ReadArticle(htmlPage("https://ngawikini.example/judul", body)); !errors.Is(err, ErrNotArticle) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, want %q", body, err, want)
		}
	}
}
