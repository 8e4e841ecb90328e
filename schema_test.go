package pakta_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"pakta"
)

// node is a part of a schema, as far as the test looks at it.
type node struct {
	Description          string          `json:"description"`
	Ref                  string          `json:"$ref"`
	Type                 any             `json:"type"`
	Enum                 []any           `json:"enum"`
	Const                string          `json:"const"`
	Items                *node           `json:"items"`
	AnyOf                []*node         `json:"anyOf"`
	Required             []string        `json:"required"`
	AdditionalProperties *bool           `json:"additionalProperties"`
	Properties           map[string]node `json:"properties"`
	Defs                 map[string]node `json:"$defs"`
}

func parseSchema(t *testing.T, text []byte) node {
	t.Helper()
	var n node
	if err := json.Unmarshal(text, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// deref follows references, and alternatives to null.
func (n node) deref(root node) node {
	if len(n.AnyOf) > 0 {
		n = *n.AnyOf[0]
	}
	if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
		return root.Defs[name]
	}
	return n
}

// notInRecords and notInAgreements are keys of the shared types that one of
// the two never has.
var (
	notInRecords    = []string{"support", "report"}
	notInAgreements = []string{}
)

func TestSchemasMatchTypes(t *testing.T) {
	for _, tt := range []struct {
		name   string
		schema []byte
		value  any
		absent []string
	}{
		{"record", pakta.RecordSchema, pakta.Record{}, notInRecords},
		{"agreement", pakta.AgreementSchema, pakta.Agreement{}, notInAgreements},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := parseSchema(t, tt.schema)
			compareType(t, tt.name, reflect.TypeOf(tt.value), root, root, tt.absent)
		})
	}
}

// compareType compares the keys of a struct with those of a schema, and so on
// downwards.
func compareType(t *testing.T, path string, typ reflect.Type, n, root node, absent []string) {
	t.Helper()
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case typ.Kind() == reflect.Slice:
		if n.Items == nil {
			t.Errorf("%s: a list in Go, not in the schema", path)
			return
		}
		compareType(t, path+"[]", typ.Elem(), n.Items.deref(root), root, absent)
	case typ.Kind() == reflect.Struct && typ != reflect.TypeFor[pakta.Time]():
		compareStruct(t, path, typ, n, root, absent)
	}
}

func compareStruct(t *testing.T, path string, typ reflect.Type, n, root node, absent []string) {
	t.Helper()
	if n.AdditionalProperties == nil || *n.AdditionalProperties {
		t.Errorf("%s: additionalProperties is not false", path)
	}
	var keys, required []string
	for i := range typ.NumField() {
		f := typ.Field(i)
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if slices.Contains(absent, key) {
			continue
		}
		keys = append(keys, key)
		if !strings.HasPrefix(options, "omit") {
			required = append(required, key)
		}
		if child, ok := n.Properties[key]; ok {
			compareType(t, path+"."+key, f.Type, child.deref(root), root, absent)
		}
	}
	var got []string
	for key := range n.Properties {
		got = append(got, key)
	}
	for _, list := range [][]string{keys, required, got, n.Required} {
		slices.Sort(list)
	}
	if diff := cmp.Diff(keys, got); diff != "" {
		t.Errorf("%s: keys of the Go type (-) and of the schema (+):\n%s", path, diff)
	}
	if diff := cmp.Diff(required, n.Required); diff != "" {
		t.Errorf("%s: keys always written (-) and required (+):\n%s", path, diff)
	}
}

func TestSchemasDescribeEverything(t *testing.T) {
	for name, text := range map[string][]byte{"record": pakta.RecordSchema, "agreement": pakta.AgreementSchema} {
		root := parseSchema(t, text)
		checkDescribed(t, name, root)
		for def, n := range root.Defs {
			checkDescribed(t, name+" "+def, n)
		}
	}
}

func checkDescribed(t *testing.T, path string, n node) {
	t.Helper()
	if n.Description == "" {
		t.Errorf("%s: no description", path)
	}
	for key, child := range n.Properties {
		checkDescribed(t, path+"."+key, child)
	}
}

func TestSchemaEnumerations(t *testing.T) {
	record, agreement := parseSchema(t, pakta.RecordSchema), parseSchema(t, pakta.AgreementSchema)
	for _, tt := range []struct {
		name string
		want []string
		got  func(root node) []any
		both bool // agreements have it too
	}{
		{"status", words(pakta.Statuses(), "null"), func(r node) []any { return r.Properties["status"].Enum }, true},
		{"kind", words(pakta.Kinds(), "null"), func(r node) []any { return r.Properties["kind"].Enum }, true},
		{"instrument", words(pakta.InstrumentTypes()), func(r node) []any { return r.Defs["instrument"].Properties["type"].Enum }, true},
		{"precision", words(pakta.Precisions()), func(r node) []any { return r.Defs["signed_on"].Properties["precision"].Enum }, true},
		{"date role", words(pakta.DateRoles()), func(r node) []any { return r.Defs["date"].Properties["role"].Enum }, false},
		{"party", words(pakta.PartyTypes()), func(r node) []any { return r.Defs["party"].Properties["type"].Enum }, true},
		{"region role", words(pakta.RegionRoles()), func(r node) []any { return r.Defs["region"].Properties["roles"].Items.Enum }, true},
		{"official role", words(pakta.OfficialRoles()), func(r node) []any { return r.Defs["official"].Properties["roles"].Items.Enum }, true},
		{"acting", words(pakta.Actings(), "null"), func(r node) []any { return r.Defs["official"].Properties["acting"].Enum }, true},
		{"reason", words(pakta.UnresolvedReasons()), func(r node) []any { return r.Defs["unresolved"].Properties["reason"].Enum }, false},
	} {
		if diff := cmp.Diff(tt.want, plain(tt.got(record))); diff != "" {
			t.Errorf("record: %s: Go (-) and schema (+):\n%s", tt.name, diff)
		}
		if tt.both {
			if diff := cmp.Diff(tt.want, plain(tt.got(agreement))); diff != "" {
				t.Errorf("agreement: %s: Go (-) and schema (+):\n%s", tt.name, diff)
			}
		}
	}
	if got := record.Properties["schema"].Const; got != pakta.RecordSchemaID {
		t.Errorf("record: schema is %q, want %q", got, pakta.RecordSchemaID)
	}
	if got := agreement.Properties["schema"].Const; got != pakta.AgreementSchemaID {
		t.Errorf("agreement: schema is %q, want %q", got, pakta.AgreementSchemaID)
	}
}

func words[T ~string](all []T, more ...string) []string {
	var out []string
	for _, v := range all {
		out = append(out, string(v))
	}
	return append(out, more...)
}

// plain writes the values of an enumeration as strings, null as "null".
func plain(values []any) []string {
	var out []string
	for _, v := range values {
		if v == nil {
			v = "null"
		}
		out = append(out, fmt.Sprint(v))
	}
	return out
}

func TestSchemaAcceptsNewRecord(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(pakta.RecordSchema))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("record.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("record.json")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(pakta.NewRecord(pakta.ArticleRef{ID: "a"}, "1+00000000"))
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("an empty record is refused: %v", err)
	}
}
