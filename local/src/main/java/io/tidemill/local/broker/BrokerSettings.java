package io.tidemill.local.broker;

import java.nio.file.Path;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** How the broker is set up; what production brokers should have too is in docs/running.md. */
final class BrokerSettings {
    static final String ACCEPTOR = "amqp";
    static final String ROLE = "tidemill";

    private static final String DEAD = "tidemill.dead";
    private static final String EXPIRED = "tidemill.expired";
    private static final String EVENTS = "tidemill.events";
    private static final String STOP = "tidemill.stop";
    private static final String CHANGES = "tidemill.changes";

    /** More than this for somebody who does not listen, and hints are dropped. */
    private static final long HINT_BYTES = 8L << 20;

    /** More than this in memory and messages go to disk. */
    private static final long MEMORY_BYTES = 64L << 20;

    private static final long MIN_DISK_FREE_BYTES = 256L << 20;
    private static final int IDLE_MILLIS = 6_000;
    private static final int JOURNAL_FILE_BYTES = 4 << 20;

    /**
     * How long a durable message may wait for others that are synced with it. A lone job crosses
     * the broker twice before it begins; ten times as long is what Artemis does by itself.
     */
    private static final int JOURNAL_PAUSE_NANOS = 300_000;

    private BrokerSettings() {}

    static Configuration of(Path folder, int port) throws Exception {
        Configuration settings = new ConfigurationImpl();
        settings.setName("tidemill").setSecurityEnabled(true);
        settings.addAcceptorConfiguration(ACCEPTOR, acceptor(port));
        settings.putSecurityRoles("#", Set.of(everything()));
        keepOnDisk(settings, folder);
        bound(settings);
        addresses(settings);
        return settings;
    }

    /**
     * Repeated sends of the same {@code _AMQ_DUPL_ID} are dropped over AMQP, too. What was handed
     * to a client that fell silent goes to another well within a lease, or the events a frozen
     * replica holds would make live processors look dead.
     */
    private static String acceptor(int port) {
        return "tcp://127.0.0.1:%d?protocols=AMQP;amqpDuplicateDetection=true;amqpIdleTimeout=%d;useEpoll=false;useKQueue=false"
                .formatted(port, IDLE_MILLIS);
    }

    private static Role everything() {
        return new Role(
                ROLE, true, true, true, true, true, true, true, true, true, true, true, true);
    }

    private static void keepOnDisk(Configuration settings, Path folder) {
        settings.setPersistenceEnabled(true)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalBufferTimeout_NIO(JOURNAL_PAUSE_NANOS)
                .setJournalPoolFiles(4);
    }

    private static void bound(Configuration settings) {
        settings.setGlobalMaxSize(MEMORY_BYTES)
                .setMinDiskFree(MIN_DISK_FREE_BYTES)
                .setMaxDiskUsage(-1);
        settings.setThreadPoolMaxSize(8).setScheduledThreadPoolMaxSize(2);
    }

    private static void addresses(Configuration settings) {
        queue(settings, EVENTS);
        queue(settings, "tidemill.tasks.standard");
        queue(settings, DEAD);
        queue(settings, EXPIRED);
        topic(settings, STOP);
        topic(settings, CHANGES);
        settings.addAddressSetting("#", forAll());
        settings.addAddressSetting("tidemill.#", autoCreated());
        settings.addAddressSetting(EVENTS, neverGivenUp());
        settings.addAddressSetting(STOP, multicast());
        settings.addAddressSetting(CHANGES, hints());
    }

    private static void topic(Configuration settings, String name) {
        settings.addAddressConfiguration(
                new CoreAddressConfiguration().setName(name).addRoutingType(RoutingType.MULTICAST));
    }

    private static void queue(Configuration settings, String name) {
        settings.addAddressConfiguration(
                new CoreAddressConfiguration()
                        .setName(name)
                        .addRoutingType(RoutingType.ANYCAST)
                        .addQueueConfig(
                                QueueConfiguration.of(name)
                                        .setAddress(name)
                                        .setRoutingType(RoutingType.ANYCAST)
                                        .setDurable(true)));
    }

    /** Without a dead-letter address, messages would be deleted after their last delivery. */
    private static AddressSettings forAll() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(DEAD))
                .setExpiryAddress(SimpleString.of(EXPIRED))
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxDeliveryAttempts(10)
                .setRedeliveryDelay(200)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(10_000)
                .setAutoCreateAddresses(false)
                .setAutoCreateQueues(false);
    }

    /** Further task queues come into being when somebody uses them, and stay. */
    private static AddressSettings autoCreated() {
        return forAll().setAutoCreateAddresses(true)
                .setAutoCreateQueues(true)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST);
    }

    /** An event may fail for as long as the database is away; it is never put aside. */
    private static AddressSettings neverGivenUp() {
        return autoCreated().setMaxDeliveryAttempts(-1);
    }

    /** Each receiver has a queue here while it is connected, and none after. */
    private static AddressSettings multicast() {
        return autoCreated()
                .setAutoDeleteQueues(true)
                .setDefaultAddressRoutingType(RoutingType.MULTICAST)
                .setDefaultQueueRoutingType(RoutingType.MULTICAST);
    }

    /** Never worth a disk, nor making a sender wait. */
    private static AddressSettings hints() {
        return multicast()
                .setMaxSizeBytes(HINT_BYTES)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP);
    }
}
