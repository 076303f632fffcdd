package sandbox

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// Every picture of the gallery is listed once, and is something Slack would take, but for what is marked
// strange.
func TestGallery(t *testing.T) {
	var index struct {
		Sets []struct{ Files []string }
	}
	raw, err := fs.ReadFile(pageFiles, "page/gallery/index.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &index); err != nil {
		t.Fatal(err)
	}
	listed := []string{"index.json"}
	for _, s := range index.Sets {
		listed = append(listed, s.Files...)
	}
	var there []string
	err = fs.WalkDir(pageFiles, "page/gallery", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			there = append(there, strings.TrimPrefix(name, "page/gallery/"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(listed)
	slices.Sort(there)
	if !slices.Equal(listed, there) {
		t.Errorf("listed %q\nthere  %q", listed, there)
	}
	drawn := map[string]bool{}
	for _, name := range there {
		if name == "index.json" {
			continue
		}
		raw, err := fs.ReadFile(pageFiles, "page/gallery/"+name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := decode(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		picture, _ := v.(object)
		blocks, no := listOf(picture, "blocks"), (*refusal)(nil)
		switch kind := stringOf(picture, "surface"); kind {
		case "message":
			no = checkMessage(blocks)
			if stringOf(picture, "text") == "" {
				t.Errorf("%s has no text of its own", name)
			}
		default:
			blocks = listOf(objectOf(picture, "view"), "blocks")
			body, _ := copied(picture["view"]).(object)
			no = checkView(kind, body)
		}
		if strange := picture["strange"] == true; strange != (no != nil) {
			t.Errorf("%s: strange is %v, and Slack says %+v", name, strange, no)
		}
		for _, b := range blocksOf(blocks) {
			drawn[stringOf(b, "type")] = true
			for _, e := range slotsOf(b) {
				drawn[stringOf(e.o, "type")] = true
			}
		}
	}
	for kind := range blockShapes {
		if !drawn[kind] {
			t.Errorf("the gallery shows no %s", kind)
		}
	}
	for kind := range interactive {
		if !drawn[kind] {
			t.Errorf("the gallery shows no %s", kind)
		}
	}
}
