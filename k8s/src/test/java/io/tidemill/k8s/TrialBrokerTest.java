package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.contract.Addresses;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Artemis reads the settings of the trial's broker, and they are those that Tidemill needs. */
class TrialBrokerTest {
    private Configuration settings;

    @BeforeEach
    void read() throws Exception {
        JsonNode map = Manifests.folder("trial").get("ConfigMap", "artemis");
        byte[] file = map.path("data").path("broker.xml").asText().getBytes(StandardCharsets.UTF_8);
        settings = new FileConfigurationParser().parseMainConfig(new ByteArrayInputStream(file));
    }

    @Test
    void itHasTheQueuesAndTopics() {
        for (String queue : List.of(Addresses.EVENTS, Addresses.tasks("standard"))) {
            assertEquals(Set.of(RoutingType.ANYCAST), address(queue).getRoutingTypes());
            assertEquals(queue, address(queue).getQueueConfigs().getFirst().getName().toString());
        }
        for (String topic : List.of(Addresses.STOP, Addresses.CHANGES)) {
            assertEquals(Set.of(RoutingType.MULTICAST), address(topic).getRoutingTypes());
        }
    }

    private CoreAddressConfiguration address(String name) {
        return settings.getAddressConfigurations().stream()
                .filter(config -> config.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no address " + name));
    }

    @Test
    void itLosesNoMessageAndDropsOnlyHints() {
        AddressSettings all = of("#");
        assertEquals("tidemill.dead", String.valueOf(all.getDeadLetterAddress()));
        assertEquals("tidemill.expired", String.valueOf(all.getExpiryAddress()));
        assertEquals(AddressFullMessagePolicy.PAGE, all.getAddressFullMessagePolicy());
        assertEquals(-1, of(Addresses.EVENTS).getMaxDeliveryAttempts());
        assertEquals(
                AddressFullMessagePolicy.DROP, of(Addresses.CHANGES).getAddressFullMessagePolicy());
        assertTrue(settings.isPersistenceEnabled() && settings.isJournalDatasync());
        assertFalse(settings.getSecurityRoles().isEmpty());
        String acceptor = settings.getAcceptorConfigurations().iterator().next().toString();
        assertTrue(acceptor.contains("amqpDuplicateDetection=true"), acceptor);
        assertTrue(acceptor.contains("amqpIdleTimeout=6000"), acceptor);
    }

    private AddressSettings of(String match) {
        return settings.getAddressSettings().getOrDefault(match, new AddressSettings());
    }
}
