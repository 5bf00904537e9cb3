package org.mtl4j.server.http;

import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.TimeoutException;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What gRPC itself fails with. Before a method has its message, that is a frame or a message that
 * cannot be read: its client's fault, though gRPC calls it INTERNAL or UNKNOWN. What methods fail
 * with, they say themselves.
 */
final class GrpcFailures implements GrpcExceptionHandlerFunction {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcFailures.class);

  @Override
  public Status apply(RequestContext context, Status status, Throwable cause, Metadata metadata) {
    if (cause instanceof TimeoutException) {
      return Status.DEADLINE_EXCEEDED.withDescription("The request's time was over.");
    }
    boolean isFault =
        status.getCode() == Status.Code.INTERNAL || status.getCode() == Status.Code.UNKNOWN;
    if (!isFault
        || cause instanceof Error
        || RequestNotes.of((ServiceRequestContext) context).isAtWork()) {
      return status;
    }
    LOG.debug("gRPC could not read a request", cause);
    return Status.INVALID_ARGUMENT.withDescription("The request is no message of this method.");
  }
}
