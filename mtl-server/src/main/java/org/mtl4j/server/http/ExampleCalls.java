package org.mtl4j.server.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.server.example.ExampleCall;
import org.mtl4j.server.example.ExampleRequest;
import org.mtl4j.server.inference.Call;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.model.Lease;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorValue;

/** Classifying and regressing as computations. */
final class ExampleCalls {
  private ExampleCalls() {}

  /** Outputs for a request's examples. */
  static CompletableFuture<SortedMap<String, TensorValue>> compute(
      Inference inference,
      ServiceRequestContext context,
      Lease lease,
      ExampleCall call,
      ExampleRequest request) {
    Signature signature = ExampleCall.signature(lease.servable().signatures(), request.signature());
    Call asked =
        new Call(
            request.signature(),
            new TreeMap<>(Map.of(ExampleCall.INPUTS, request.examples())),
            call.outputs(signature));
    return Computing.of(inference, context, lease, asked);
  }
}
