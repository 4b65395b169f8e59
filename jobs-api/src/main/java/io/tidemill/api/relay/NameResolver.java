package io.tidemill.api.relay;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.tidemill.api.config.ApiConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Asks for all addresses of a name: the hosts file first, then DNS. Names are taken as they are, no
 * search domain is added. Answers are kept for as long as they say, at most half a minute.
 */
@ApplicationScoped
class NameResolver {
    private static final int DNS_PORT = 53;
    private static final int MOST_TTL_SECONDS = 30;
    private static final int NEGATIVE_TTL_SECONDS = 2;

    private final NioEventLoopGroup loop;
    private final DnsNameResolver resolver;

    NameResolver(ApiConfig config) {
        loop = new NioEventLoopGroup(1, new DefaultThreadFactory("webhook-names", true));
        DnsNameResolverBuilder builder =
                new DnsNameResolverBuilder(loop.next())
                        .datagramChannelType(NioDatagramChannel.class)
                        .socketChannelType(NioSocketChannel.class)
                        .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                        .completeOncePreferredResolved(false)
                        .searchDomains(List.of())
                        .ndots(0)
                        .ttl(0, MOST_TTL_SECONDS)
                        .negativeTtl(NEGATIVE_TTL_SECONDS);
        config.webhook()
                .nameServers()
                .map(NameResolver::servers)
                .ifPresent(builder::nameServerProvider);
        resolver = builder.build();
    }

    void stop(@Observes ShutdownEvent event) {
        resolver.close();
        loop.shutdownGracefully();
    }

    /** Every address; fails when there is none, or nobody answers. */
    Future<List<InetAddress>> resolve(String name) {
        Promise<List<InetAddress>> addresses = Promise.promise();
        resolver.resolveAll(name)
                .addListener(
                        found -> {
                            if (found.isSuccess()) {
                                addresses.complete(resolved(found.getNow()));
                            } else {
                                addresses.fail(found.cause());
                            }
                        });
        return addresses.future();
    }

    private static List<InetAddress> resolved(Object addresses) {
        return ((List<?>) addresses).stream().map(InetAddress.class::cast).toList();
    }

    private static SequentialDnsServerAddressStreamProvider servers(List<String> addresses) {
        return new SequentialDnsServerAddressStreamProvider(
                addresses.stream().map(NameResolver::server).toList());
    }

    private static InetSocketAddress server(String address) {
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > 0 && address.indexOf(':') == colon;
        String host = hasPort ? address.substring(0, colon) : address;
        int port = hasPort ? Integer.parseInt(address, colon + 1, address.length(), 10) : DNS_PORT;
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
