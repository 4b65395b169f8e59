package io.tidemill.processor.task;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** The broker of {@link BrokerProcess}: journal on disk, AMQP only. */
final class BrokerMain {
    static final String READY = "broker ready";

    private BrokerMain() {}

    public static void main(String... args) throws Exception {
        Configuration configuration =
                new ConfigurationImpl()
                        .setSecurityEnabled(false)
                        .setPersistenceEnabled(true)
                        .setJournalType(JournalType.NIO)
                        .setJournalDirectory(args[0] + "/journal")
                        .setBindingsDirectory(args[0] + "/bindings")
                        .setPagingDirectory(args[0] + "/paging")
                        .setLargeMessagesDirectory(args[0] + "/large");
        configuration.addAcceptorConfiguration(
                "amqp",
                "tcp://127.0.0.1:" + args[1] + "?protocols=AMQP&amqpDuplicateDetection=true");
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of("tidemill.dead"))
                        .setAutoCreateDeadLetterResources(true)
                        .setAutoDeleteQueues(false)
                        .setAutoDeleteAddresses(false));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        System.out.println(READY);
    }
}
