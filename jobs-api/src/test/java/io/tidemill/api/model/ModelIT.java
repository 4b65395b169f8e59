package io.tidemill.api.model;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.store.Rows;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of everything that can happen; {@code -Dmodel.sequences} says how many, {@code
 * -Dmodel.seed} repeats one.
 */
@QuarkusTest
@TestProfile(ModelProfile.class)
class ModelIT {
    private static final int STEPS = 60;
    private static final int SEQUENCES = Integer.getInteger("model.sequences", 100);
    private static final Long SEED = Long.getLong("model.seed");

    @Inject Stores stores;
    @Inject DataSource source;

    @Test
    void whateverHappensInWhateverOrderTheInvariantsHold() throws SQLException {
        if (SEED != null) {
            play(SEED);
            return;
        }
        long first = System.nanoTime();
        System.out.printf(
                "Model: %d sequences of %d steps, seeds from %d%n", SEQUENCES, STEPS, first);
        for (int i = 0; i < SEQUENCES; i++) {
            play(first + i);
        }
    }

    private void play(long seed) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (Database database = new Database(source)) {
            database.execute(Rows.DELETE_JOBS);
            database.execute("delete from file");
            database.execute("delete from circuit");
            database.execute("delete from webhook_endpoint");
            // disabled, so that it is written what to tell and nothing is sent
            database.execute(
                    "insert into webhook_endpoint (id, owner, url, secret, disabled_time, disabled_reason)"
                            + " values (uuidv7(), ?, 'https://example.com/', 'whsec_', now(), 'REQUESTED')",
                    "model");
            Invariants invariants = new Invariants(database);
            World world = new World(new SplittableRandom(seed), stores, database);
            for (int i = 0; i < STEPS; i++) {
                String step = world.step();
                steps.add(step);
                invariants.check(step, step.startsWith("retry"));
            }
            steps.add("finish");
            world.finish();
            invariants.check("the end", true);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed "
                            + seed
                            + " (repeat it with -Dmodel.seed): "
                            + e.getMessage()
                            + "\n"
                            + steps,
                    e);
        }
    }
}
