package org.mtl4j.server.http;

import com.google.protobuf.MessageLite;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.trace.Api;

/** Answers over gRPC, whatever the service. Safe for several threads. */
final class GrpcCalls {
  private final Inference inference;
  private final Reading reading;

  /**
   * Answers of some versions.
   *
   * @param inference knows them
   * @param reading who reads messages
   */
  GrpcCalls(Inference inference, Reading reading) {
    this.inference = inference;
    this.reading = reading;
  }

  /** A version's answer to a request. */
  @FunctionalInterface
  interface Work<T> {
    CompletableFuture<T> answer(ServiceRequestContext context, Lease lease);
  }

  /**
   * Has a version compute the answer to a message, which is read when there is room for it, and not
   * by the thread of connections if it is large.
   *
   * @param model of the message
   * @param work reads the message and answers it
   */
  <T> void compute(
      StreamObserver<T> observer,
      Api api,
      MessageLite message,
      Supplier<ModelAddress> model,
      Work<T> work) {
    answer(
        observer,
        api,
        context ->
            Answering.with(
                inference,
                context,
                model.get(),
                lease -> {
                  inference.checkRoom(lease);
                  return reading.of(
                      context, message.getSerializedSize(), () -> work.answer(context, lease));
                }));
  }

  /** Answers a message, which is not read by the thread of connections if it is large. */
  <T> void read(
      StreamObserver<T> observer,
      Api api,
      MessageLite message,
      Function<ServiceRequestContext, CompletableFuture<T>> work) {
    answer(
        observer,
        api,
        context -> reading.of(context, message.getSerializedSize(), () -> work.apply(context)));
  }

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
