{{- define "tidemill.labels" -}}
app.kubernetes.io/part-of: tidemill
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* What pods have and selectors look for; takes a dict of name and component. */ -}}
{{- define "tidemill.podLabels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: tidemill
{{- end }}

{{- define "tidemill.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: tidemill
{{- end }}

{{- /* Takes a dict of root, service and tag. */ -}}
{{- define "tidemill.image" -}}
{{ .root.Values.image.registry }}/{{ .service }}:{{ .tag | default .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- define "tidemill.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "tidemill.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "tidemill.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end }}

{{- /* Takes a dict of secret and prefix. */ -}}
{{- define "tidemill.account" -}}
- name: {{ .prefix }}_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: username
- name: {{ .prefix }}_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: password
{{- end }}

{{- /* Takes a port. Probes ask whether the process itself answers, never for its neighbours. */ -}}
{{- define "tidemill.probes" -}}
startupProbe:
  httpGet:
    path: /q/health/started
    port: {{ . }}
    scheme: HTTP
  initialDelaySeconds: 0
  periodSeconds: 2
  timeoutSeconds: 5
  successThreshold: 1
  failureThreshold: 60
readinessProbe:
  httpGet:
    path: /q/health/live
    port: {{ . }}
    scheme: HTTP
  initialDelaySeconds: 0
  periodSeconds: 5
  timeoutSeconds: 5
  successThreshold: 1
  failureThreshold: 3
livenessProbe:
  httpGet:
    path: /q/health/live
    port: {{ . }}
    scheme: HTTP
  initialDelaySeconds: 0
  periodSeconds: 10
  timeoutSeconds: 5
  successThreshold: 1
  failureThreshold: 3
{{- end }}

{{- define "tidemill.spread" -}}
{{- $selector := include "tidemill.selector" . }}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- $selector | nindent 8 }}
  {{- end }}
{{- end }}

{{- define "tidemill.claim" -}}
{{ .Values.storage.existingClaim | default "tidemill-storage" }}
{{- end }}

{{- define "tidemill.sharedSettings" -}}
AMQP_HOST: {{ .Values.broker.host | quote }}
AMQP_PORT: {{ .Values.broker.port | quote }}
TIDEMILL_STORAGE_ROOT: /var/lib/tidemill/storage
{{- if .Values.telemetry.enabled }}
OTEL_SDK_DISABLED: "false"
OTEL_EXPORTER_OTLP_ENDPOINT: {{ .Values.telemetry.endpoint | quote }}
OTEL_EXPORTER_OTLP_PROTOCOL: {{ .Values.telemetry.protocol | quote }}
{{- end }}
{{- range $key, $value := .Values.settings }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "tidemill.apiSettings" -}}
TIDEMILL_DATABASE_HOST: {{ .Values.database.host | quote }}
TIDEMILL_DATABASE_PORT: {{ .Values.database.port | quote }}
TIDEMILL_DATABASE_NAME: {{ .Values.database.name | quote }}
QUARKUS_FLYWAY_MIGRATE_AT_START: "false"
QUARKUS_FLYWAY_VALIDATE_AT_START: "true"
QUARKUS_FLYWAY_IGNORE_MIGRATION_PATTERNS: "*:future"
{{- range $key, $value := .Values.api.settings }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{- /* The pod that starts, does what its settings say to the tables, and ends. Needs no object of this chart, because it runs before them.
       Takes a dict of root, name and migrate ("true" or "false"). */ -}}
{{- define "tidemill.initAndExit" -}}
{{- $settings := merge (include "tidemill.apiSettings" .root | fromYaml) (include "tidemill.sharedSettings" .root | fromYaml) -}}
{{- $_ := set $settings "QUARKUS_INIT_AND_EXIT" "true" -}}
{{- $_ := set $settings "QUARKUS_FLYWAY_MIGRATE_AT_START" .migrate -}}
{{- $_ := set $settings "QUARKUS_FLYWAY_VALIDATE_AT_START" (ternary "false" "true" (eq .migrate "true")) -}}
automountServiceAccountToken: false
enableServiceLinks: false
restartPolicy: Never
{{- include "tidemill.pullSecrets" .root }}
securityContext:
  {{- include "tidemill.podSecurity" . | nindent 2 }}
containers:
  - name: {{ .name }}
    image: {{ include "tidemill.image" (dict "root" .root "service" "jobs-api" "tag" "") }}
    imagePullPolicy: {{ .root.Values.image.pullPolicy }}
    env:
      {{- range $key, $value := $settings }}
      - name: {{ $key }}
        value: {{ $value | quote }}
      {{- end }}
      {{- include "tidemill.account" (dict "secret" .root.Values.database.secret "prefix" "TIDEMILL_DATABASE") | nindent 6 }}
    resources:
      {{- toYaml .root.Values.migrate.resources | nindent 6 }}
    securityContext:
      {{- include "tidemill.containerSecurity" . | nindent 6 }}
    volumeMounts:
      - name: tmp
        mountPath: /tmp
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 256Mi
{{- end }}
