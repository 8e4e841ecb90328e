package crawler

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// TestNuxtState: the data of Nuxt 2 is read as it is written, and what is more
// than data is left alone.
func TestNuxtState(t *testing.T) {
	for in, want := range map[string]string{
		`window.__NUXT__=(function(a,b,c){return {layout:"default",data:[{title:a,ok:!0,no:!1,x:void 0,n:-.5,s:'it\'s'}],b:b}}("Judul",null));`: `{"b":null,"data":[{"n":-0.5,"no":false,"ok":true,"s":"it's","title":"Judul","x":null}],"layout":"default"}`,
		`window.__NUXT__=(function(a,b){a.x="\u003Cp\u003E \uD83D\uDE00 \x41";b[1]=7;return {a:a,"k-1":b}}({},Array(2)));`:                      `{"a":{"x":"\u003cp\u003e 😀 A"},"k-1":[null,7]}`,
		`window.__NUXT__=(function(){return {x:"}",y:[new Date(3)]}})();`:                                                                       `{"x":"}","y":[3]}`,
		`window.__NUXT__=(function(a){return {x:fetch("/")}}(1));`:                                                                              "",
		`window.__NUXT__=(function(a){return {x:a.constructor}}(1));`:                                                                           "",
		`window.__NUXT__=(function(a){while(1){};return {}}(1));`:                                                                               "",
		`window.__NUXT__=(function(a){return {x:Array(1e9)}}(1));`:                                                                              "",
		`window.__NUXT__=(function(a){a.a=a;return {x:a}}({}));`:                                                                                "",
		`window.__NUXT__=(function(a){return {x:"`:                                                                                              "",
		`window.__NUXT__=(function(a){return {x:b}}(1));`:                                                                                       "",
		`window.__NUXT__={}`: "",
	} {
		if got := nuxtState(in); got != want {
			t.Errorf("nuxtState(%s)\n got %s\nwant %s", in, got, want)
		}
	}
}

// TestNuxtStateEnds: names that stand for one another many times cost no more
// than a page may.
func TestNuxtStateEnds(t *testing.T) {
	start := time.Now()
	doubling := strings.Builder{}
	names := strings.Split("a b c d e f g h i j k l m n o p q r s t u v w x y z", " ")
	for i := 1; i < len(names); i++ {
		doubling.WriteString(names[i] + ".l=" + names[i-1] + ";" + names[i] + ".r=" + names[i-1] + ";")
	}
	for _, body := range []string{
		doubling.String() + "return {x:z}", "return {x:" + strings.Repeat("[", 500_000), "return {x:[" + strings.Repeat("1,", 500_000) + "]}", "return {x:" + strings.Repeat("!", 500_000) + "1}",
	} {
		text := "window.__NUXT__=(function(" + strings.Join(names, ",") + "){" + body + "}(" + strings.Repeat("{},", len(names)) + "1));"
		if got := nuxtState(text); got != "" {
			t.Errorf("nuxtState(%.60s...) gave %d bytes, want none", body, len(got))
		}
	}
	if took := time.Since(start); took > maxHostile {
		t.Errorf("took %s", took)
	}
}

// TestNuxtArticle: a page of which a program makes all is read from its data.
func TestNuxtArticle(t *testing.T) {
	page := htmlPage("https://kabar.example/berita/judul-berita", `<title>Kabar</title><div id="__nuxt"></div><script>window.__NUXT__=(function(a,b){return {data:[{post:{judul:"Bupati Meresmikan Pasar",tanggal:"2025-08-08 10:00:00",isi:"\u003Cp\u003E`+
		satu+`\u003C\u002Fp\u003E\u003Cp\u003E`+dua+`\u003C\u002Fp\u003E",author:a}}],fetch:{},error:b}}("Redaksi",null));</script>`)
	art, err := ReadArticle(page)
	if err != nil || art.Title != "Bupati Meresmikan Pasar" || !strings.Contains(art.Text, dua) || art.Published.IsZero() {
		t.Errorf("ReadArticle = %+v, %v", art, err)
	}
}

// FuzzNuxtState: whatever a script is, what is read of it is JSON.
func FuzzNuxtState(f *testing.F) {
	f.Add(`a,b`, `b[1]=7;a.x="\u003C";return {a:a,"k":[!0,void 0,-.5,'x',new Date(1)]}`, `{},Array(2)`)
	f.Add(`a,b`, `b[10000000000000000000]=1`, `{},Array(1)`) // no place that an integer can tell
	f.Fuzz(func(t *testing.T, names, body, values string) {
		if got := nuxtState("window.__NUXT__=(function(" + names + "){" + body + "}(" + values + "));"); got != "" && !json.Valid([]byte(got)) {
			t.Errorf("no JSON: %.200s", got)
		}
	})
}
