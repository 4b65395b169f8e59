{{- /* A processor's pod, for a Deployment and a ScaledJob alike; takes a dict of root, queue, pool, name and once. */ -}}
{{- define "tidemill.processor" -}}
{{- $tells := and .root.Values.deletionCost.enabled (not .once) -}}
serviceAccountName: {{ ternary "file-processor" "tidemill" $tells }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- include "tidemill.pullSecrets" .root }}
terminationGracePeriodSeconds: {{ add .pool.drainSeconds 25 }}
{{- if .once }}
restartPolicy: Never
{{- end }}
securityContext:
  {{- include "tidemill.podSecurity" . | nindent 2 }}
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
{{- if not .once }}
{{- include "tidemill.spread" (dict "name" .name) }}
{{- end }}
containers:
  - name: file-processor
    image: {{ include "tidemill.image" (dict "root" .root "service" "file-processor" "tag" .pool.tag) }}
    imagePullPolicy: {{ .root.Values.image.pullPolicy }}
    ports:
      - name: http
        containerPort: 8081
        protocol: TCP
    envFrom:
      - configMapRef:
          name: tidemill
    env:
      - name: QUARKUS_HTTP_HOST
        value: 0.0.0.0
      - name: TIDEMILL_WORKER_TASK_QUEUE
        value: {{ .queue | quote }}
      - name: TIDEMILL_WORKER_SLOTS
        value: {{ .pool.slots | quote }}
      {{- if .once }}
      - name: TIDEMILL_WORKER_END_WHEN_IDLE
        value: {{ .pool.endWhenIdleSeconds }}s
      {{- end }}
      - name: TIDEMILL_WORKER_DRAIN
        value: {{ .pool.drainSeconds }}s
      - name: TIDEMILL_WORKSPACE_ROOT
        value: /var/lib/tidemill/workspace
      {{- include "tidemill.account" (dict "secret" .root.Values.broker.secret "prefix" "AMQP") | nindent 6 }}
      {{- if $tells }}
      - name: TIDEMILL_POD_NAME
        valueFrom:
          fieldRef:
            fieldPath: metadata.name
      - name: TIDEMILL_POD_NAMESPACE
        valueFrom:
          fieldRef:
            fieldPath: metadata.namespace
      {{- end }}
      {{- range $key, $value := .pool.settings }}
      - name: {{ $key }}
        value: {{ $value | quote }}
      {{- end }}
    {{- include "tidemill.probes" 8081 | nindent 4 }}
    resources:
      {{- toYaml .pool.resources | nindent 6 }}
    securityContext:
      {{- include "tidemill.containerSecurity" . | nindent 6 }}
    volumeMounts:
      - name: tmp
        mountPath: /tmp
      - name: workspace
        mountPath: /var/lib/tidemill/workspace
      - name: storage
        mountPath: /var/lib/tidemill/storage
      {{- if $tells }}
      - name: api-server
        mountPath: /var/run/secrets/tidemill
        readOnly: true
      {{- end }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 1Gi
  - name: workspace
    emptyDir:
      sizeLimit: {{ .pool.workspace }}
  - name: storage
    persistentVolumeClaim:
      claimName: {{ include "tidemill.claim" .root }}
  {{- if $tells }}
  - name: api-server
    projected:
      defaultMode: 288
      sources:
        - serviceAccountToken:
            path: token
            expirationSeconds: 3600
        - configMap:
            name: kube-root-ca.crt
            items:
              - key: ca.crt
                path: ca.crt
  {{- end }}
{{- end }}

{{- /* Asks jobs-api what waits and runs; takes a dict of root, queue and target. */ -}}
{{- define "tidemill.loadTrigger" -}}
- type: metrics-api
  metadata:
    url: http://jobs-api.{{ .root.Release.Namespace }}.svc/internal/v1/scaling/{{ .queue }}
    valueLocation: tasks
    authMode: bearer
    targetValue: {{ .target | quote }}
    activationTargetValue: "0"
  authenticationRef:
    name: tidemill-scaling
{{- end }}
