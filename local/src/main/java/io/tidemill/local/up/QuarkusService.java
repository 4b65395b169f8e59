package io.tidemill.local.up;

import io.tidemill.local.process.Child;
import io.tidemill.local.process.Command;
import io.tidemill.local.process.ProcessStarter;
import io.tidemill.local.process.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A jobs-api or a file-processor; it is ready when its health check says so. */
final class QuarkusService implements Service {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final ProcessStarter starter;
    private final Command command;
    private final URI health;
    private final HttpClient http;

    QuarkusService(ProcessStarter starter, Command command, URI root, HttpClient http) {
        this.starter = starter;
        this.command = command;
        this.health = root.resolve("/q/health/ready");
        this.http = http;
    }

    @Override
    public String name() {
        return command.name();
    }

    @Override
    public Child start() {
        return starter.start(command);
    }

    @Override
    public void awaitReady(Child child) {
        child.awaitReady(START_LIMIT, this::isReady);
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
