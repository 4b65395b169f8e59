package io.tidemill.api.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dispatch.Dispatcher;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.Limit;
import io.tidemill.api.dto.LimitList;
import io.tidemill.api.dto.LimitScope;
import io.tidemill.api.dto.LimitSetting;
import io.tidemill.api.dto.RateLimit;
import io.tidemill.api.dto.RateLimitList;
import io.tidemill.api.dto.RateLimitSetting;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.schema.BodyReader;
import io.tidemill.api.store.LimitStore;
import io.tidemill.api.store.LimitStore.Limits;
import io.tidemill.api.store.LimitStore.Rate;
import io.tidemill.api.store.LimitStore.Scope;
import io.tidemill.api.store.OperationLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and sets who may run how much. */
@ApplicationScoped
class LimitService {
    private static final int MOST_NAME = 200;

    private final BodyReader bodies;
    private final LimitStore store;
    private final OperationLookup operations;
    private final Dispatcher dispatcher;

    LimitService(
            BodyReader bodies,
            LimitStore store,
            OperationLookup operations,
            Dispatcher dispatcher) {
        this.bodies = bodies;
        this.store = store;
        this.operations = operations;
        this.dispatcher = dispatcher;
    }

    Uni<LimitList> limits() {
        return store.all()
                .map(
                        all ->
                                new LimitList(
                                        all.limits().stream()
                                                .map(limit -> limit(limit, all))
                                                .toList()));
    }

    Uni<RateLimitList> rates() {
        return store.all()
                .map(
                        all ->
                                new RateLimitList(
                                        all.rates().stream().map(LimitService::rate).toList()));
    }

    /**
     * Sets a limit.
     *
     * @throws io.tidemill.api.problem.ProblemException 404 when there is no such scope or
     *     operation, 422 when the setting makes no sense
     */
    Uni<Limit> set(String scopeName, String name, @Nullable JsonNode body) {
        Scope scope = scope(scopeName);
        requireName(scope, name);
        LimitSetting setting =
                bodies.read(body, LimitSetting.class, "Set weight, maxRunning, or both.");
        List<FieldError> errors = new ArrayList<>();
        if (setting.weight() != null && scope != Scope.OWNER) {
            errors.add(new FieldError("/weight", "is for owners only; leave it out"));
        }
        boolean everybody = name.equals(LimitStore.EVERYBODY);
        if (everybody && Objects.equals(setting.maxRunning(), 0)) {
            errors.add(new FieldError("/maxRunning", "must be at least 1 for all owners together"));
        }
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        return store.set(new LimitStore.Limit(scope, name, setting.weight(), setting.maxRunning()))
                .invoke(dispatcher::nudge)
                .chain(set -> store.all().map(all -> limit(set, all)));
    }

    Uni<Void> remove(String scope, String name) {
        return store.removeLimit(scope(scope), name).invoke(dispatcher::nudge).replaceWithVoid();
    }

    /**
     * Sets a rate.
     *
     * @throws io.tidemill.api.problem.ProblemException 422 when the setting makes no sense
     */
    Uni<RateLimit> setRate(String name, @Nullable JsonNode body) {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > 63) {
            throw Problems.invalid(
                    "A rate limit's name is lower-case words joined by hyphens, such as mail-provider, 63 characters at most.");
        }
        RateLimitSetting setting =
                bodies.read(
                        body, RateLimitSetting.class, "Set tokensPerSecond, burst and operations.");
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < setting.operations().size(); i++) {
            if (operations.find(setting.operations().get(i)).isEmpty()) {
                errors.add(new FieldError("/operations/" + i, "is no operation there is"));
            }
        }
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        return store.set(
                        name,
                        setting.tokensPerSecond(),
                        Objects.requireNonNullElse(setting.burst(), 1),
                        setting.operations())
                .invoke(dispatcher::nudge)
                .map(LimitService::rate);
    }

    Uni<Void> removeRate(String name) {
        return store.removeRate(name).invoke(dispatcher::nudge).replaceWithVoid();
    }

    private static Scope scope(String name) {
        return Stream.of(Scope.values())
                .filter(scope -> scope.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problems.noSuch("scope (OWNER, OPERATION, TASK_QUEUE)", name));
    }

    private void requireName(Scope scope, String name) {
        if (scope == Scope.OPERATION && operations.find(name).isEmpty()) {
            throw Problems.noSuch("operation", name);
        }
        if (name.length() > MOST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Problems.invalid("A name has 200 characters at most, and no control characters.");
        }
    }

    private static Limit limit(LimitStore.Limit limit, Limits all) {
        return new Limit(
                LimitScope.valueOf(limit.scope().name()),
                limit.name(),
                limit.weight(),
                limit.maxRunning(),
                all.running(limit.scope(), limit.name()));
    }

    private static RateLimit rate(Rate rate) {
        return new RateLimit(
                rate.name(),
                rate.bucket().tokensPerSecond(),
                rate.bucket().burst(),
                rate.operations(),
                rate.available());
    }
}
