package io.tidemill.bench.peer;

import java.util.regex.Matcher;

/** The rows that any durable queue must write for a job of one task, and the least way to do so. */
public final class BareRows {
    public static final String TABLES =
            """
            create table if not exists bare_job (
              id uuid primary key, create_time timestamptz not null default now(),
              open int not null default 1, end_time timestamptz);
            create table if not exists bare_task (
              id uuid primary key, job_id uuid not null, state text not null default 'QUEUED',
              create_time timestamptz not null default now(),
              start_time timestamptz, end_time timestamptz);
            create index if not exists bare_task_queued on bare_task (create_time) where state = 'QUEUED'""";

    static final String INSERT =
            """
            with j as (insert into bare_job (id) values (?) returning id)
            insert into bare_task (id, job_id) select id, id from j""";

    static final String START =
            "update bare_task set state = 'RUNNING', start_time = now() where id = ?";

    static final String END =
            """
            with t as (
              update bare_task set state = 'SUCCEEDED', end_time = now()
              where id = ? returning job_id)
            update bare_job j set open = open - 1, end_time = now() from t where j.id = t.job_id""";

    private BareRows() {}

    /** The same as a script of pgbench. */
    public static String script() {
        String id = Matcher.quoteReplacement("md5(:a::text || ':' || :b::text)::uuid");
        return "\\set a random(1, 9000000000000000000)\n\\set b random(1, 9000000000000000000)\n"
                + String.join(";\n", INSERT, START, END).replaceAll("\\?", id)
                + ";\n";
    }
}
