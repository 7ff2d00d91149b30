package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"entente/internal/centre"
	"entente/internal/policy"
)

// TranslationConsents implements store.Translations.
func (s *Store) TranslationConsents(ctx context.Context, v policy.View) ([]centre.TranslationConsent, error) {
	consents := []centre.TranslationConsent{}
	if !sighted(v) {
		return consents, nil
	}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT member, provider, level, reason, name, at FROM translation_consent ORDER BY member, provider")
		return each(rows, err, func(rows *sql.Rows) error {
			var c centre.TranslationConsent
			var level int64
			var at sql.NullInt64
			err := rows.Scan(&c.Member, &c.Provider, &level, &c.Reason, &c.By, &at)
			c.Level, c.At = centre.Level(level), timeOf(at)
			consents = append(consents, c)
			return err
		})
	})
	return consents, err
}

// ConsentToTranslation implements store.Translations.
func (s *Store) ConsentToTranslation(ctx context.Context, g policy.Grant, c centre.TranslationConsent) error {
	if err := permit(g, policy.ActionConsent); err != nil {
		return err
	}
	o, a := g.Object(), g.Actor()
	if o.Member != c.Member || c.Provider == "" {
		return centre.Invalid("A member consents for itself, to a provider by name; nothing was changed.")
	}
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `INSERT INTO translation_consent (member, provider, level, reason, name, at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (member, provider) DO UPDATE SET level = excluded.level, reason = excluded.reason, name = excluded.name, at = excluded.at`,
			string(c.Member), clean(c.Provider), int64(c.Level), clean(c.Reason), clean(a.Name), t.now.UnixMilli())
		if err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionConsent, kind: "translation-consent",
			detail: fmt.Sprintf("Consented for %s to translation by %s of texts up to %s: %s", c.Member, c.Provider, c.Level, c.Reason)})
	})
}

// WithdrawTranslationConsent implements store.Translations.
func (s *Store) WithdrawTranslationConsent(ctx context.Context, g policy.Grant, provider string) error {
	if err := permit(g, policy.ActionConsent); err != nil {
		return err
	}
	member := g.Object().Member
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, "DELETE FROM translation_consent WHERE member = $1 AND provider = $2", string(member), clean(provider))
		if err != nil {
			return err
		}
		if n == 0 {
			return centre.NotFound("consent")
		}
		return t.enter(ctx, g, deed{action: policy.ActionConsent, kind: "translation-consent",
			detail: fmt.Sprintf("Withdrew the consent of %s to translation by %s.", member, provider)})
	})
}

// Translation implements store.Translations.
func (s *Store) Translation(ctx context.Context, v policy.View, id centre.ID, version int, language string) (centre.Translation, error) {
	out := centre.Translation{Report: id, Version: version, Language: language}
	err := s.read(ctx, func(tx *sql.Tx) error {
		var made sql.NullInt64
		var sentences string
		err := tx.QueryRowContext(ctx, `SELECT x.provider, x.model, x.made, x.sentences FROM translation x JOIN report r ON r.id = x.report_id
			WHERE x.report_id = $1 AND x.version = $2 AND x.language = $3 AND `+visible(v, "r.label_id"),
			int64(id), int64(version), language).Scan(&out.Provider, &out.Model, &made, &sentences)
		if err != nil {
			return orNotFound(err, "translation")
		}
		out.Made = timeOf(made)
		out.Sentences, err = unlist[centre.TranslatedSentence](sentences)
		return err
	})
	if err != nil {
		return centre.Translation{}, err
	}
	return out, nil
}

// KeepTranslation implements store.Translations.
func (s *Store) KeepTranslation(ctx context.Context, g policy.Grant, made centre.Translation) error {
	if err := permit(g, policy.ActionTranslate); err != nil {
		return err
	}
	o := g.Object()
	if o.ID != made.Report || o.Version != made.Version {
		return centre.Invalid("The translation is of another text than the one that may be translated; nothing was kept.")
	}
	sentences, err := json.Marshal(made.Sentences)
	if err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		if _, err := t.unchanged(ctx, o); err != nil {
			return err
		}
		_, err := t.exec(ctx, `INSERT INTO translation (report_id, version, language, provider, model, made, sentences) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (report_id, version, language) DO UPDATE SET provider = excluded.provider, model = excluded.model, made = excluded.made, sentences = excluded.sentences`,
			int64(made.Report), int64(made.Version), made.Language, clean(made.Provider), clean(made.Model), made.Made.UnixMilli(), clean(string(sentences)))
		if err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionTranslate, kind: "report", object: made.Report, version: made.Version,
			detail: fmt.Sprintf("Version %d was given to %s and translated into %s.", made.Version, made.Provider, made.Language)})
	})
}
