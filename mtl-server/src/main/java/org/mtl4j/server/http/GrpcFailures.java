package org.mtl4j.server.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;
import io.grpc.Metadata;
import io.grpc.Status;

/** Messages that are none: the client's fault, and INTERNAL in gRPC's own words. */
final class GrpcFailures implements GrpcExceptionHandlerFunction {
  @Override
  public Status apply(RequestContext context, Status status, Throwable cause, Metadata metadata) {
    return status.getCode() == Status.Code.INTERNAL
            && (isUnreadable(cause) || isUnreadable(status.getCause()))
        ? Status.INVALID_ARGUMENT.withDescription("The request is no message of this method.")
        : status;
  }

  private static boolean isUnreadable(Throwable cause) {
    return cause instanceof InvalidProtocolBufferException
        || (cause != null && cause.getCause() instanceof InvalidProtocolBufferException);
  }
}
