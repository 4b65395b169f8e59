package io.tidemill.local.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * The broker's own process: serves until it is asked to end. Takes its settings from the
 * environment.
 */
public final class BrokerMain {
    static final String FOLDER = "TIDEMILL_BROKER_FOLDER";
    static final String PORT = "TIDEMILL_BROKER_PORT";
    static final String MANAGED = "TIDEMILL_BROKER_MANAGED";
    static final String USERNAME = "TIDEMILL_BROKER_USERNAME";
    static final String PASSWORD = "TIDEMILL_BROKER_PASSWORD";

    // Held, or what is set here would be forgotten. At the usual level it logs every message.
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    private BrokerMain() {}

    /** Prints one line that begins with {@code ready} when it serves. */
    public static void main(String[] args) throws Exception {
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(required(environment, PORT));
        AUDIT.setLevel(Level.OFF);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(
                BrokerSettings.of(Path.of(required(environment, FOLDER)), port)
                        .setJMXManagementEnabled(
                                Boolean.parseBoolean(required(environment, MANAGED))));
        broker.setSecurityManager(
                users(required(environment, USERNAME), required(environment, PASSWORD)));
        broker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker), "stop"));
        if (!listens(broker)) {
            System.out.println("cannot listen on 127.0.0.1:" + port);
            System.exit(1);
        }
        System.out.println("ready amqp://127.0.0.1:" + port);
    }

    private static String required(Map<String, String> environment, String key) {
        return Objects.requireNonNull(environment.get(key), () -> key + " is not set");
    }

    private static ActiveMQJAASSecurityManager users(String username, String password) {
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(username, password);
        users.addRole(username, BrokerSettings.ROLE);
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users);
    }

    /** A port that is taken does not make the start fail, so it must be asked for. */
    private static boolean listens(EmbeddedActiveMQ broker) {
        Acceptor acceptor =
                broker.getActiveMQServer()
                        .getRemotingService()
                        .getAcceptor(BrokerSettings.ACCEPTOR);
        return acceptor != null && acceptor.isStarted();
    }

    private static void stop(EmbeddedActiveMQ broker) {
        try {
            broker.stop();
        } catch (Exception e) {
            System.out.println("did not stop in good order: " + e);
        }
    }
}
