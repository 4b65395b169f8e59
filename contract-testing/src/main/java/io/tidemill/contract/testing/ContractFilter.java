package io.tidemill.contract.testing;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fails a REST Assured test whose answer breaks the contract: {@code RestAssured.filters(new
 * ContractFilter())}. Bodies that are not JSON are left unread, so a large download stays a stream.
 */
public final class ContractFilter implements Filter {
    private final OpenApiContract contract;

    public ContractFilter() {
        this(OpenApiContract.load());
    }

    ContractFilter(OpenApiContract contract) {
        this.contract = contract;
    }

    /**
     * @throws AssertionError naming every breach
     */
    @Override
    public Response filter(
            FilterableRequestSpecification request,
            FilterableResponseSpecification specification,
            FilterContext context) {
        Response response = context.next(request, specification);
        List<String> breaches = contract.validate(exchange(request, response));
        if (!breaches.isEmpty()) {
            throw new AssertionError("breaks openapi.yaml:\n  " + String.join("\n  ", breaches));
        }
        return response;
    }

    private static Exchange exchange(FilterableRequestSpecification request, Response response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(header -> headers.put(header.getName(), header.getValue()));
        return new Exchange(
                request.getMethod(),
                URI.create(request.getURI()).getRawPath(),
                sentJson(request),
                response.statusCode(),
                headers,
                readJson(response));
    }

    private static @Nullable String sentJson(FilterableRequestSpecification request) {
        boolean json = isJson(request.getContentType());
        return json && request.getBody() instanceof String text ? text : null;
    }

    private static @Nullable String readJson(Response response) {
        boolean unnamed = response.contentType() == null || response.contentType().isEmpty();
        return unnamed || isJson(response.contentType()) ? response.asString() : null;
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.contains("json");
    }
}
