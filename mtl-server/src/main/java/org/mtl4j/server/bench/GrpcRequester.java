package org.mtl4j.server.bench;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.serving.PredictResponse;
import org.mtl4j.protocol.serving.PredictionServiceGrpc;
import org.mtl4j.server.grpc.TensorWriter;
import org.mtl4j.serving.tensor.TensorValue;

/** Sends PredictRequests over one HTTP/2 connection. */
public final class GrpcRequester implements Requester {
  /** How long an answer is waited for. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ClientFactory connections = ClientFactory.builder().build();
  private final PredictionServiceGrpc.PredictionServiceFutureStub stub;
  private final List<PredictRequest> messages;

  /**
   * To a server on this machine.
   *
   * @param port gRPC's
   * @param model its name
   * @param requests what is asked; made into messages once, here
   */
  public GrpcRequester(int port, String model, BenchRequests requests) {
    this.stub =
        GrpcClients.builder("gproto+h2c://127.0.0.1:" + port)
            .factory(connections)
            .responseTimeout(PATIENCE)
            .maxResponseLength(0)
            .build(PredictionServiceGrpc.PredictionServiceFutureStub.class);
    this.messages = requests.requests().stream().map(inputs -> message(model, inputs)).toList();
  }

  private static PredictRequest message(String model, SortedMap<String, TensorValue> inputs) {
    PredictRequest.Builder message =
        PredictRequest.newBuilder().setModelSpec(ModelSpec.newBuilder().setName(model));
    inputs.forEach((name, tensor) -> message.putInputs(name, TensorWriter.write(tensor)));
    return message.build();
  }

  @Override
  public CompletableFuture<Outcome> send(int number) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Futures.addCallback(
        stub.predict(messages.get(number % messages.size())),
        new FutureCallback<PredictResponse>() {
          @Override
          public void onSuccess(PredictResponse answer) {
            outcome.complete(answer.getOutputsCount() > 0 ? Outcome.ANSWERED : Outcome.FAILED);
          }

          @Override
          public void onFailure(Throwable failure) {
            outcome.complete(GrpcRequester.outcome(failure));
          }
        },
        MoreExecutors.directExecutor());
    return outcome;
  }

  private static Outcome outcome(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
      return Outcome.REFUSED;
    }
    return status.getCause() instanceof UnprocessedRequestException
        ? Outcome.UNSENT
        : Outcome.FAILED;
  }

  @Override
  public void close() {
    connections.close();
  }
}
