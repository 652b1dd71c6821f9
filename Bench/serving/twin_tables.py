"""Tables and indices of the kinds that Goodwork has for a referral."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS journal (
    position INTEGER PRIMARY KEY, case_id TEXT NOT NULL, sequence BIGINT NOT NULL,
    event_id TEXT NOT NULL, occurred_on TEXT NOT NULL, recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL, organisation TEXT NOT NULL, type TEXT NOT NULL, entry_key TEXT,
    cause TEXT, header TEXT, payload TEXT NOT NULL, sealed BLOB, hash BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS journal_case ON journal (case_id, sequence);
CREATE TABLE IF NOT EXISTS chain (
    name TEXT PRIMARY KEY, position BIGINT NOT NULL, hash BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS people (
    id TEXT PRIMARY KEY, wrapped_key BLOB, sealed BLOB, nhs_index BLOB, name_index BLOB,
    place_index BLOB, updated_at BIGINT NOT NULL, erased_at BIGINT
);
CREATE INDEX IF NOT EXISTS people_nhs ON people (nhs_index);
CREATE INDEX IF NOT EXISTS people_name ON people (name_index);
CREATE INDEX IF NOT EXISTS people_place ON people (place_index);
CREATE TABLE IF NOT EXISTS cases (
    id TEXT PRIMARY KEY, programme TEXT NOT NULL, programme_version BIGINT NOT NULL,
    reference TEXT NOT NULL, person_id TEXT NOT NULL, version BIGINT NOT NULL, state TEXT NOT NULL,
    strand TEXT, provider TEXT, coach TEXT, next_due_on TEXT, referrer TEXT, referred_by TEXT,
    referred_on TEXT, asked TEXT, onward TEXT, consents TEXT, next_kind TEXT, next_owner TEXT,
    next_says TEXT, closed_on TEXT, closure_reason TEXT, at_risk BIGINT, last_contact_on TEXT,
    unassigned TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS cases_reference ON cases (programme, reference);
CREATE INDEX IF NOT EXISTS cases_person ON cases (person_id);
CREATE INDEX IF NOT EXISTS cases_coach ON cases (coach) WHERE coach IS NOT NULL;
CREATE INDEX IF NOT EXISTS cases_closed ON cases (closed_on)
    WHERE closed_on IS NOT NULL;
CREATE INDEX IF NOT EXISTS cases_version ON cases (programme, programme_version);
CREATE TABLE IF NOT EXISTS facts (
    case_id TEXT PRIMARY KEY, programme TEXT NOT NULL, programme_version BIGINT NOT NULL,
    reference TEXT NOT NULL, version BIGINT NOT NULL, last_occurred_on TEXT NOT NULL,
    last_recorded_at BIGINT NOT NULL, referred_on TEXT, accepted_on TEXT,
    first_contact_on TEXT, first_attended_on TEXT, assessed_on TEXT, started_on TEXT,
    plan_agreed_on TEXT, onward_referred_on TEXT, job_started_on TEXT, discharged_on TEXT,
    tracking_ended_on TEXT, closed_on TEXT, state TEXT, strand TEXT, provider TEXT, coach TEXT,
    referral_source TEXT, referrer TEXT, gp_practice TEXT, condition TEXT,
    employment_status TEXT, employment_status_now TEXT, benefit TEXT, gender TEXT,
    ethnicity TEXT, ethnicity_group TEXT, age_band TEXT, outward_code TEXT, area TEXT,
    eligible TEXT, intensity TEXT, plan_kind TEXT, discharge_status TEXT,
    discharge_improved TEXT, closure_reason TEXT, risk TEXT, interventions TEXT NOT NULL,
    onward TEXT NOT NULL, appointments TEXT NOT NULL, answers TEXT NOT NULL,
    scores TEXT NOT NULL, jobs TEXT NOT NULL, clocks TEXT NOT NULL, outcomes TEXT NOT NULL,
    consents TEXT NOT NULL, barriers TEXT NOT NULL, eligibility TEXT NOT NULL, age BIGINT,
    contact_attempts BIGINT, appointments_attended BIGINT, appointments_missed BIGINT,
    intervention_sessions BIGINT, intervention_cost_pence BIGINT, job_spells BIGINT,
    weekly_hours BIGINT, goals_agreed BIGINT, goals_done BIGINT, fit_notes BIGINT
);
CREATE INDEX IF NOT EXISTS facts_programme ON facts (programme, case_id);
CREATE TABLE IF NOT EXISTS work_items (
    case_id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, due_on TEXT NOT NULL,
    owner TEXT NOT NULL, says TEXT NOT NULL, PRIMARY KEY (case_id, kind, subject)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS case_parties (
    case_id TEXT NOT NULL, organisation TEXT NOT NULL, part TEXT NOT NULL,
    PRIMARY KEY (case_id, organisation, part)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS case_parties_organisation
    ON case_parties (organisation, part, case_id);
CREATE TABLE IF NOT EXISTS outbox (
    id TEXT PRIMARY KEY, case_id TEXT NOT NULL, event_id TEXT NOT NULL, kind TEXT NOT NULL,
    created_at BIGINT NOT NULL, attempts BIGINT NOT NULL, next_attempt_at BIGINT NOT NULL,
    delivered_at BIGINT, given_up_at BIGINT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS access_log (
    position INTEGER PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL,
    organisation TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT,
    outcome TEXT NOT NULL, hash BLOB NOT NULL, sealed_reason BLOB, reason_person TEXT
);
CREATE INDEX IF NOT EXISTS access_log_subject ON access_log (subject, position);
CREATE INDEX IF NOT EXISTS access_log_actor ON access_log (actor, position);
CREATE INDEX IF NOT EXISTS access_log_at ON access_log (at);
CREATE TABLE IF NOT EXISTS answers_given (
    idempotency_key TEXT PRIMARY KEY, digest BLOB NOT NULL, answer TEXT NOT NULL,
    given_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS active_programmes (
    id TEXT PRIMARY KEY, version BIGINT NOT NULL, activated_at BIGINT NOT NULL,
    activated_by TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY, organisation TEXT NOT NULL, sealed BLOB NOT NULL, roles TEXT NOT NULL,
    disabled_at BIGINT
);
CREATE TABLE IF NOT EXISTS sessions (
    id BLOB PRIMARY KEY, account_id TEXT NOT NULL, way TEXT NOT NULL, stage TEXT NOT NULL,
    created_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL, ends_at BIGINT NOT NULL,
    ended_at BIGINT, totp_sealed BLOB
);
"""
