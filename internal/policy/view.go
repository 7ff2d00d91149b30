package policy

import "slices"

// View is the sealed set of labels that one actor may see at the moment when
// it was made. The zero View sees nothing.
type View struct {
	actor  Actor
	labels []LabelID // sorted
	all    bool      // the pipeline's own, made by Unrestricted alone
}

// NewView makes the view of an actor over the labels of a store. A label that
// is not among them is hidden, however open it may be.
func NewView(a Actor, labels []Label) View {
	v := View{actor: a}
	for _, l := range labels {
		if l.ID > 0 && Visible(a, l.Marking) {
			v.labels = append(v.labels, l.ID)
		}
	}
	slices.Sort(v.labels)
	v.labels = slices.Compact(v.labels)
	return v
}

// Sees reports whether what carries the label is in the view.
func (v View) Sees(id LabelID) bool {
	if v.all {
		return id > 0
	}
	_, found := slices.BinarySearch(v.labels, id)
	return found
}

// Labels gives the ids that the view sees, ascending. The caller must not
// change the slice. It is empty for an unrestricted view: ask Unrestricted first.
func (v View) Labels() []LabelID { return v.labels }

// Unrestricted reports whether v is the pipeline's own view, for which no
// label is hidden. Only policy/system makes such views.
func (v View) Unrestricted() bool { return v.all }

// Actor is who looks.
func (v View) Actor() Actor { return v.actor }
