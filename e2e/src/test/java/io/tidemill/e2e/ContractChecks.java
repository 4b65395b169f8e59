package io.tidemill.e2e;

import io.tidemill.contract.testing.NodeScripts;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The Node.js tools in the folder {@code contract}: linters and the TypeScript client. Skips the
 * test that needs them when there is no Node.js.
 */
final class ContractChecks {
    private static final NodeScripts CONTRACT = new NodeScripts(Path.of("contract"));

    private ContractChecks() {}

    /** Runs a script of {@code package.json}; gives back what it printed. */
    static String run(String script, String... arguments) throws IOException {
        Skip.unless(
                NodeScripts.possible(),
                "no Node.js on the PATH; the contract's linters and client need it");
        return CONTRACT.run(script, arguments);
    }
}
