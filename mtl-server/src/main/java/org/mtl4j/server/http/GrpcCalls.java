package org.mtl4j.server.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.trace.Api;

/** Answers over gRPC. */
final class GrpcCalls {
  private GrpcCalls() {}

  /** Answers with what a future is completed with, or how making it failed. */
  static <T> void answer(
      StreamObserver<T> observer,
      Api api,
      Function<ServiceRequestContext, CompletableFuture<T>> work) {
    CompletableFuture<T> answer;
    try {
      ServiceRequestContext context = ServiceRequestContext.current();
      RequestNotes.of(context).asks(api);
      answer = work.apply(context);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer.whenComplete(
            (message, failure) -> {
              if (failure == null) {
                observer.onNext(message);
                observer.onCompleted();
              } else {
                observer.onError(status(failure).asRuntimeException());
              }
            });
  }

  private static Status status(Throwable failure) {
    RequestException answer = FailedCalls.of(failure);
    return Status.fromCodeValue(answer.code().number()).withDescription(answer.getMessage());
  }
}
