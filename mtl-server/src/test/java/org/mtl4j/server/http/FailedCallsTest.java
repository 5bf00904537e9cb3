package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.CancelledSubscriptionException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.RequestCancellationException;
import com.linecorp.armeria.server.RequestTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.TensorMismatchException;

/** Whose fault a failure is, and what is said of it. */
class FailedCallsTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(ClosedSessionException.get(), StatusCode.CANCELLED),
        Arguments.of(ClosedStreamException.get(), StatusCode.CANCELLED),
        Arguments.of(CancelledSubscriptionException.get(), StatusCode.CANCELLED),
        Arguments.of(AbortedStreamException.get(), StatusCode.CANCELLED),
        Arguments.of(RequestCancellationException.get(), StatusCode.CANCELLED),
        Arguments.of(RequestTimeoutException.get(), StatusCode.DEADLINE_EXCEEDED),
        Arguments.of(ContentTooLargeException.get(), StatusCode.INVALID_ARGUMENT),
        Arguments.of(
            new RequestException(StatusCode.NOT_FOUND, "no such model"), StatusCode.NOT_FOUND),
        Arguments.of(
            new TensorMismatchException("input \"x\": expected float[?], found int32[3]"),
            StatusCode.INVALID_ARGUMENT),
        Arguments.of(
            new IllegalArgumentException("secret", new IllegalStateException("secret")),
            StatusCode.INVALID_ARGUMENT),
        Arguments.of(new NumberFormatException("For input string: secret"), StatusCode.INTERNAL),
        Arguments.of(new IllegalStateException("secret"), StatusCode.INTERNAL));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void eachHasItsCodeAndSaysNoValue(Throwable failure, StatusCode code) {
    for (Throwable thrown : new Throwable[] {failure, new CompletionException(failure)}) {
      RequestException answer = FailedCalls.of(thrown);
      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.getMessage()).isNotBlank().doesNotContain("secret");
    }
  }

  @Test
  void namesAndTypesAreSaid() {
    assertThat(FailedCalls.of(new TensorMismatchException("input \"x\": expected float")))
        .hasMessage("input \"x\": expected float");
  }
}
