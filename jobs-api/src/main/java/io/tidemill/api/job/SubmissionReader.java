package io.tidemill.api.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.JobSubmission;
import io.tidemill.api.dto.StepSubmission;
import io.tidemill.api.lifecycle.RetryRules;
import io.tidemill.api.plan.JobTerms;
import io.tidemill.api.plan.Offer;
import io.tidemill.api.plan.PlannedStep;
import io.tidemill.api.plan.StepDraft;
import io.tidemill.api.plan.StepOrder;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.schema.JsonSchemas;
import io.tidemill.contract.OperationDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Turns the body of a submission into steps in order, or says all that is wrong with it. */
@ApplicationScoped
class SubmissionReader {
    private final ObjectMapper json;
    private final JsonSchemas schemas;
    private final Offer offer;

    SubmissionReader(ObjectMapper json, JsonSchemas schemas, Offer offer) {
        this.json = json;
        this.schemas = schemas;
        this.offer = offer;
    }

    /** A submission whose every field is valid. */
    record Read(
            JobSubmission submission,
            List<PlannedStep> steps,
            List<RetryRules> retries,
            JobTerms terms) {}

    /**
     * Reads a submission.
     *
     * @throws io.tidemill.api.problem.ProblemException 422 with a pointer for each error
     */
    Read read(JsonNode body, int mostFiles) {
        refuse(schemas.checkBody("JobSubmission", body));
        JobSubmission submission = bound(body);
        List<FieldError> errors = new ArrayList<>(fileErrors(submission.files(), mostFiles));
        List<StepSubmission> steps = steps(submission, errors);
        List<PlannedStep> planned = plan(steps, errors);
        JobTerms terms = TermsReader.terms(submission, errors);
        refuse(errors);
        return new Read(submission, planned, retries(submission, steps, planned), terms);
    }

    private static List<RetryRules> retries(
            JobSubmission submission, List<StepSubmission> steps, List<PlannedStep> planned) {
        Map<String, StepSubmission> byId = new HashMap<>();
        steps.forEach(step -> byId.put(id(step), step));
        return planned.stream()
                .map(
                        step -> {
                            StepSubmission submitted = byId.get(step.id());
                            return TermsReader.retries(
                                    step.operation(),
                                    submitted == null ? null : submitted.retryPolicy(),
                                    submission.retryPolicy());
                        })
                .toList();
    }

    private static String id(StepSubmission step) {
        return Objects.requireNonNullElse(step.id(), step.operation());
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
    }

    private JobSubmission bound(JsonNode body) {
        try {
            return json.treeToValue(body, JobSubmission.class);
        } catch (JsonMappingException e) {
            throw Problems.invalid(
                    List.of(
                            new FieldError(
                                    pointer(e),
                                    "is not a date and time such as 2026-01-05T10:15:31Z (RFC 3339)")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the schema JobSubmission let through what the record does not take", e);
        }
    }

    /** The schema checks everything but whether a time is one. */
    private static String pointer(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference part : e.getPath()) {
            String name = part.getFieldName();
            pointer.append('/').append(name == null ? String.valueOf(part.getIndex()) : name);
        }
        return pointer.toString();
    }

    private static List<FieldError> fileErrors(List<String> files, int most) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            Integer earlier = first.putIfAbsent(files.get(i), i);
            if (earlier != null && errors.size() < 100) {
                errors.add(
                        new FieldError(
                                "/files/" + i,
                                "is the same file as /files/" + earlier + "; name each file once"));
            }
        }
        if (files.size() > most) {
            errors.add(
                    new FieldError(
                            "/files",
                            "has "
                                    + files.size()
                                    + " files; at most "
                                    + most
                                    + " here, POST /v1/jobs takes more"));
        }
        return errors;
    }

    private List<StepSubmission> steps(JobSubmission submission, List<FieldError> errors) {
        if ((submission.pipeline() == null) == (submission.steps() == null)) {
            errors.add(new FieldError("", "needs either 'pipeline' or 'steps', and not both"));
            return List.of();
        }
        if (submission.pipeline() == null) {
            return Objects.requireNonNullElse(submission.steps(), List.of());
        }
        Optional<List<StepSubmission>> named = offer.pipeline(submission.pipeline());
        if (named.isEmpty()) {
            errors.add(
                    new FieldError(
                            "/pipeline",
                            "there is no pipeline of that name; GET /v1/pipelines lists them"));
        }
        return named.orElse(List.of());
    }

    private List<PlannedStep> plan(List<StepSubmission> steps, List<FieldError> errors) {
        List<StepDraft> drafts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            draft(i, steps.get(i), errors).ifPresent(drafts::add);
        }
        if (drafts.size() < steps.size()) {
            return List.of();
        }
        StepOrder.Ordered ordered = StepOrder.of(drafts);
        errors.addAll(ordered.errors());
        return ordered.steps();
    }

    private Optional<StepDraft> draft(int index, StepSubmission step, List<FieldError> errors) {
        Optional<OperationDescriptor> operation = offer.operation(step.operation());
        if (operation.isEmpty()) {
            errors.add(
                    new FieldError(
                            "/steps/" + index + "/operation",
                            "there is no operation of that name; GET /v1/operations lists them"));
            return Optional.empty();
        }
        JsonNode parameters =
                json.valueToTree(Objects.requireNonNullElse(step.parameters(), Map.of()));
        errors.addAll(
                schemas.checkParameters(
                        step.operation(), parameters, "/steps/" + index + "/parameters"));
        return Optional.of(
                new StepDraft(
                        index,
                        id(step),
                        operation.get(),
                        parameters.toString(),
                        Objects.requireNonNullElse(step.needs(), List.of()),
                        Objects.requireNonNullElse(step.input(), StepDraft.FILE)));
    }
}
